"""The front door: one command line now, screens beside it; the only room that meets people.

May import reports and simulator. What a command needs is imported when it runs, so that help and
completion stay as quick as the interpreter itself.
"""
