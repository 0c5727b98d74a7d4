"""The archive: the history of drills, one file a drill and one index over them.

May import journal, brief and ground; it knows journal lines, and of what they mean only what a
listing shows (`claims`). Callers need
four names: `archive.Archive` (the folder or database), `drill_writer.DrillWriter` (what a host
appends to), `schema.DrillSummary` (what a listing shows) and `verdict.Verdict` (what `verify`
found). Everything SQL stays in this room; it raises HostError (the machine's or a foreign file),
JournalError (a damaged record) and UnknownNameError.
"""
