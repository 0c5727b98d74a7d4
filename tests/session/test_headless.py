"""What a headless drill leaves in the archive."""

from dataclasses import replace

from simulator.archive.archive import Archive
from simulator.brief.library import load
from simulator.drill import Terms
from simulator.session.headless import play


def test_a_drill_left_before_anything_was_due_stores_no_score(tmp_path):
    """Cut off at five minutes it is kept and sealed, with marks to talk about and no total."""
    brief = load("fraiseql-database-recovery").brief
    short = replace(brief, scenario=replace(brief.scenario, limit=300))
    idle = dict.fromkeys(brief.people(), "idle")
    with Archive.at(str(tmp_path), {}) as archive:
        played = play(archive, short, Terms(seed=3, policies=idle))
        kept = [drill.drill_id for drill in archive.list()]
        scores = archive.scores(played.drill_id)

    assert (played.ended, played.card.incomplete, played.card.total_milli) == ("limit", True, None)
    assert (kept, scores) == ([played.drill_id], ())
