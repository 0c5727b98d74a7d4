"""One sentence for every entry: what was asked, what happened, in the words of a debrief.

Rule 1: a sentence says what the entry holds and nothing it does not; whoever may read the entry
may read its sentence.
Rule 2: titles come from the brief where there is one, and the journal holds it; ids stand in where
there is none: the tests tell stories without a brief.
Rule 3: no sentence judges: "bob resolves", never "bob resolves too early".
Rule 4: a message is told with what it claims, so that a reader can hold it against what was seen.
"""

from collections.abc import Sequence

from simulator.brief.brief import Brief
from simulator.clock import t_plus
from simulator.journal.commands.base import Command
from simulator.journal.entry import Entry
from simulator.journal.events.base import Event
from simulator.journal.narration.names import Names
from simulator.journal.narration.telling import Telling, first_page, retold, sentence
from simulator.journal.situation import Situation

__all__ = ["Telling", "first_page", "narrate", "narrated", "retold", "told"]


def narrate(
    entry: Entry,
    picture: Situation | None = None,
    brief: Brief | None = None,
    *,
    zero: int | None = None,
) -> str:
    """What the entry says, without its time.

    `picture` is the reader's situation once it is read; `zero` the second moments in the sentence
    are counted from: without it they are told by the clock, or from the picture's first page.
    """
    since = picture.marks.get("fired", 0) if picture and zero is None else zero
    return sentence(entry, Names(brief=brief, picture=picture, zero=since))


def narrated(entry: Entry, *, zero: int = 0, brief: Brief | None = None) -> str:
    """The sentence with its moment: `T+05:00 bob acknowledges p1`."""
    return f"{t_plus(entry.at - zero)} {narrate(entry, None, brief, zero=zero)}"


def told(
    journal: Sequence[Entry], *kinds: type[Command] | type[Event], zero: int | None = None
) -> list[str]:
    """The narrated entries of these kinds (all where none is named), from the first page on T0.

    `zero` sets T0; where nobody was paged it is the beginning of the drill.
    """
    start = first_page(journal) if zero is None else zero
    wanted = [e for e in journal if not kinds or isinstance(e.what, kinds)]
    return [narrated(entry, zero=start) for entry in wanted]
