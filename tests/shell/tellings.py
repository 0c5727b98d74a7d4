"""What a typed line comes to, as the tables of lines and answers compare it."""

from simulator.shell.prompt import run


def told(line, documents, terminal):
    """Standard output, standard error and the status a script would see."""
    reply = run(line, documents, terminal)
    return reply.out, reply.err, reply.status
