"""A review of the drill that stands in the archive, said act by act."""

from drills_to_keep import WALL_MS

from simulator.archive.archive import Archive
from simulator.archive.review_record import Said
from simulator.journal.review.acts import ReviewOpened

NAME = "fraiseql-database-7"
MONDAY = WALL_MS // 1000
DAY = 86_400


def say(
    archive: Archive, what, *, by="erin", words="because it was so", days=0, drill=NAME
) -> Said:
    """Say this of the drill, so many days after it."""
    with archive._record(drill) as record:
        about = record.summary()
    opening = ReviewOpened(
        head=about.head, lines=about.lines, ended=about.ended, rubric="b" * 64, total_milli=81_000
    )
    return archive.say(
        drill, what, by=by, words=words, at=int(MONDAY + days * DAY), opening=opening
    )
