"""What is agreed before a drill: scenarios, plans and rosters, from YAML text to frozen values.

A document walks one way: `nodes.compose` (text -> guarded tree), `binding.bind` (tree -> typed
value, every problem with its place), `references` (what one part says of another), `schema` (for
editors). The room may import the ground only (errors, clock, chance, text).
"""
