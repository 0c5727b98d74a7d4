"""A scenario: a system, what breaks in it, what can be seen and done, and the story around it.

May import `brief`'s readers and ground. An author writes what is special and never the answer to
a command; commands, panels, logs and colleagues all read the one state table (docs/model.md).
"""
