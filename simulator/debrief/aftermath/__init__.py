"""After the incident: what a journal shows for the report, and whether a report agrees with itself.

`course` reads a drill into marks, losses, levels and gaps of detection; `account` is what any
report claims, as people wrote it; `contradictions` finds where its claims cannot all be true.
May import the brief, the journal and its neighbours of the debrief; nothing here reads a file.
"""
