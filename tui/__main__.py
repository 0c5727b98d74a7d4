"""`python -m tui`: the same as `gameday`."""

import sys

from tui.command_line import main

if __name__ == "__main__":
    sys.exit(main())
