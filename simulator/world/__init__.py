"""The world: what happens by itself.

May import stage, journal, brief, shell and ground; a stranger to response and responders. It
hears of what people did only through the journal, and answers the same way. Inside:
the pure physics (`graph`, `signals` and what they stand on), and the processes that play it
(`physics`, `faults`, `deeds`, `alerts`, `impact_marks`, `script`, `pods`, `owners`,
`telemetry`), which `world.play` starts.
"""
