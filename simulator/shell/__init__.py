"""The simulated shell: a typed line becomes a request, documents become what that tool prints.

Pure: no drill, no process, no file, no host. May import ground only. Nothing typed here is ever
executed; a tool reads the `Documents` it is given and answers in the real tool's words, errors
included. What a line would change comes back as an `Act` and is done, or refused, by others.
"""
