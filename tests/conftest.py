"""How long properties are searched: the same examples every run, or thousands of fresh ones.

`--hypothesis-profile=thorough` searches anew and long; without it a failure is the change's own.
"""

from hypothesis import settings

settings.register_profile("steady", max_examples=100, derandomize=True, deadline=None)
settings.register_profile("thorough", max_examples=3000, deadline=None)
settings.load_profile("steady")
