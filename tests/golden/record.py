"""Record the golden drills anew: one of competent bots under each plan, a variant each."""

import gzip
import io
import tempfile
from pathlib import Path

from simulator.archive.archive import Archive
from simulator.brief.library import load
from simulator.debrief.rubric import rubric_hash
from simulator.drill import Terms
from simulator.session.headless import play

VARIANTS = {
    "fraiseql": "lost-primary",
    "virtengine": "stale-replica",
    "platform": "full-disk",
    "code": "cut-off",
}


def record(plan: str, variant: str, folder: Path) -> None:
    """Play, archive and export one drill."""
    brief = load("fraiseql-database-recovery", plan=plan).brief
    policies = dict.fromkeys(brief.people(), "competent")
    terms = Terms(seed=7, variant=variant, policies=policies, rubric=rubric_hash())
    with tempfile.TemporaryDirectory() as history, Archive.at(history, {}) as archive:
        played = play(archive, brief, terms)
        stream = io.BytesIO()
        archive.export(played.drill_id, stream)
    path = folder / f"{plan}.{variant}.jsonl.gz"
    # No name and no time in the heading: the same drill gives the same file.
    path.write_bytes(gzip.compress(stream.getvalue(), mtime=0))


if __name__ == "__main__":
    for each, truth in VARIANTS.items():
        record(each, truth, Path(__file__).parent)
