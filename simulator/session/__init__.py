"""A place at a drill: who keeps its record while it is played, and whom it tells.

May import drill and all below it, debrief and archive; a stranger to authoring, staffing and
readiness. A host owns drill, clock and record; every entry is recorded before anyone is told.
"""
