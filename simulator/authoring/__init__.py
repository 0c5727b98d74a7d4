"""Files in, a verdict out: is a scenario fair, is a plan possible, does a stranger get answers.

May import everything below; nobody below knows it. It plays many drills by bots and reads what
they leave; it writes nothing.
"""
