"""The post-incident report as a bot writes it: every section, from what it has seen."""

from simulator.clock import instant, said
from simulator.journal.commands.incident import SubmitReport
from simulator.responders.messages import impact
from simulator.responders.mind import Mind


def report(mind: Mind) -> SubmitReport:
    """A report with every section the plan asks for."""
    sections = mind.brief.plan.post_incident.sections
    return SubmitReport(fields={name: _section(mind, s.holds) for name, s in sections.items()})


def _section(mind: Mind, holds: str) -> str:
    picture, scenario = mind.picture, mind.brief.scenario
    incident = picture.incident
    fired = picture.marks.get("fired", picture.marks.get("declared", 0))
    ended = picture.marks.get("resolved", mind.now)
    match holds:
        case "id":
            return incident.id if incident else ""
        case "title":
            return (incident.title if incident else "") or scenario.title
        case "level":
            return mind.level
        case "start":
            return instant(scenario.begins, fired).strftime("%Y-%m-%d %H:%M:%S UTC")
        case "end":
            return instant(scenario.begins, ended).strftime("%Y-%m-%d %H:%M:%S UTC")
        case "duration":
            return said(ended - fired)
        case "impact":
            return impact(picture)
        case "timeline":
            return _timeline(mind)
        case "cause" | "factors":
            return scenario.causes.get(mind.named, "not known")
        case "people":
            return ", ".join(sorted(mind.here))
        case "approvals":
            given = [a for a in picture.talk.approvals.values() if a.state == "given"]
            return "; ".join(f"{a.action} by {a.of}" for a in given) or "none was needed"
        case "actions" | "prevention":
            items = picture.deeds.get("action_item", ())
            return "; ".join(f"{deed.item} ({deed.by})" for deed in items) or "see the tracker"
        case "response" | "resolution":
            done = [
                scenario.actions[a].title for a in mind.memory.finished if a in scenario.actions
            ]
            return "; ".join(done) or "it was watched"
        case _:
            looks = {s.look for s in mind.memory.finds if s.look in scenario.looks}
            return "Looked at: " + "; ".join(scenario.looks[look].title for look in sorted(looks))


def _timeline(mind: Mind) -> str:
    """The marks and claims in order, by the wall clock."""
    begins = mind.brief.scenario.begins
    marks = sorted((at, name) for name, at in mind.picture.marks.items())
    return "; ".join(f"{instant(begins, at).strftime('%H:%M:%S')} {name}" for at, name in marks)
