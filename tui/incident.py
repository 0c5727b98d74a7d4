"""The post-incident report at the front door: drafted into a folder, or an edited one checked.

Rule 1: a check writes nothing; its exit code is 1 where something was found.
"""

from dataclasses import asdict
from pathlib import Path

from tui import show
from tui.options import opened
from tui.reporting import incident_into


def draft(drill: str, out: str | None, archive: str | None, *, names: bool, json_: bool) -> int:
    """Draft the report of a drill in its plan's form; 1 where its record does not verify."""
    with opened(archive) as history:
        drill_id = history.find(drill).drill_id
        folder = None if out is None else Path(out)
        written = incident_into(history, drill_id, folder, names=names)
    if json_:
        files = [str(file) for file in written.files]
        show.as_json(
            {"drill": drill_id, "files": files, "verified": written.verified,
             "found": written.found}
        )  # fmt: skip
    return 0 if written.verified else 1


def check(drill: str, edited: Path, archive: str | None, *, json_: bool) -> int:
    """Say where an edited report contradicts itself, under the plan its drill was played by."""
    from reports.incident_report import check_incident
    from simulator.debrief.replay import brief_of

    with opened(archive) as history:
        about = history.find(drill)
        plan = brief_of(history.read(about.drill_id)).plan
    checked = check_incident(edited, plan)
    if json_:
        found = [asdict(one) for one in checked.found]
        show.as_json({"drill": about.drill_id, "blanks": checked.blanks, "found": found})
        return 1 if checked.found else 0
    for one in checked.found:
        show.result(f"{one.code}  {one.says()}")
    if checked.blanks:
        show.talk(f"{checked.blanks} blanks are left for people to fill")
    if not checked.found:
        show.result("nothing in it contradicts itself")
    return 1 if checked.found else 0
