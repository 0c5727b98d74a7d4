"""The filters a line may be piped through, by name.

Rule 1: the table is the whole list; `prompt` asks nothing else what may stand behind a pipe.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from simulator.shell import coreutils
from simulator.shell.awk import awk
from simulator.shell.grep import egrep, fgrep, grep
from simulator.shell.jq import jq
from simulator.shell.sed import sed
from simulator.shell.streams import Filter, Filtered, Misused


def filtered(name: str, words: Sequence[str], text: str | None) -> Filtered:
    """What the filter `name` makes of the text; None is a terminal nobody types at.

    Raises:
        Unreadable: for a real option or program text that is not simulated.
    """
    try:
        result = FILTERS[name](words, text or "")
    except Misused as misuse:
        return Filtered("", f"{misuse}\n", _MISUSED.get(name, 1))
    if text is None and not result.err:
        return Filtered("", f"{name}: waits for standard input, which nobody types; ^C\n", 130)
    return result


_MISUSED: Final = {"egrep": 2, "fgrep": 2, "grep": 2, "jq": 3, "sort": 2}
"""The status of a misuse, where it is not 1."""
FILTERS: Final[Mapping[str, Filter]] = {
    "awk": awk,
    "cat": coreutils.cat,
    "column": coreutils.column,
    "cut": coreutils.cut,
    "egrep": egrep,
    "fgrep": fgrep,
    "gawk": awk,
    "grep": grep,
    "head": coreutils.head,
    "jq": jq,
    "less": coreutils.less,
    "more": coreutils.less,
    "nl": coreutils.nl,
    "rev": coreutils.rev,
    "rg": egrep,
    "sed": sed,
    "sort": coreutils.sort,
    "tac": coreutils.tac,
    "tail": coreutils.tail,
    "tee": coreutils.tee,
    "tr": coreutils.tr,
    "uniq": coreutils.uniq,
    "wc": coreutils.wc,
}
