"""The journal: what was asked, what happened, and the picture everyone folds from it.

May import brief and ground; nothing here plays, waits or draws. `commands` are orders,
`events` are past, an `Entry` is one line of the record, a `Situation` is what a seat knows
after reading the entries it may see. `targets` is the only place that knows a deadline.
"""
