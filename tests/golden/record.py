"""Record the golden drills anew: every incident under every plan, its variants in turn."""

import gzip
import io
import sys
import tempfile
from pathlib import Path

from simulator.archive.archive import Archive
from simulator.brief.library import load, names, read_scenario
from simulator.debrief.rubric import rubric_hash
from simulator.drill import Terms
from simulator.session.headless import play

SEED = 7


def drills() -> list[tuple[str, str, str]]:
    """(scenario, plan, variant): each plan plays another variant of each incident, in turn."""
    found = []
    for number, scenario in enumerate(names("scenario")):
        read = read_scenario(scenario).value
        if read.kind != "incident":
            continue
        drawn = [name for name, terms in read.variants.items() if terms.weight > 0]
        for place, plan in enumerate(names("plan")):
            found.append((scenario, plan, drawn[(number + place) % len(drawn)]))
    return found


def record(scenario: str, plan: str, variant: str, folder: Path) -> None:
    """Play, archive and export one drill of competent people."""
    brief = load(scenario, plan=plan).brief
    policies = dict.fromkeys(brief.people(), "competent")
    terms = Terms(seed=SEED, variant=variant, policies=policies, rubric=rubric_hash())
    with tempfile.TemporaryDirectory() as history, Archive.at(history, {}) as archive:
        played = play(archive, brief, terms)
        stream = io.BytesIO()
        archive.export(played.drill_id, stream)
    path = folder / f"{scenario}.{plan}.{variant}.jsonl.gz"
    # No name and no time in the heading: the same drill gives the same file.
    path.write_bytes(gzip.compress(stream.getvalue(), mtime=0))


if __name__ == "__main__":
    here = Path(__file__).parent
    for old in here.glob("*.jsonl.gz"):
        old.unlink()
    for each in drills():
        sys.stderr.write(f"{' '.join(each)}\n")
        record(*each, here)
