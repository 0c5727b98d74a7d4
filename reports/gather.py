"""Everything a drill's report says, gathered from the journal and its card into `Contents`.

Rule 1: this is where texts are put together; the faces (page, Markdown, JSON) only set them.
"""

from collections.abc import Mapping

from reports.carried import carried
from reports.contents import Contents, Footing, Setting
from reports.item_rows import exercise_figures, exercise_summary, item_rows
from reports.narrative import figures, summary
from reports.next_steps import next_steps, plan_findings
from reports.played import Played
from reports.replays import replays
from reports.review_rows import NO_NAMES, review_of
from reports.score_rows import score_of, target_rows
from reports.sights import sights
from reports.timeline import beside, timeline
from reports.wording import ended
from simulator.brief.contract import SHORT, WHERE
from simulator.debrief.regret.verdict import Regret
from simulator.debrief.scorecard import Scorecard
from simulator.journal.events.room import ChairTaken
from simulator.journal.review.finality import Finality, finality
from simulator.text import clean_line


def contents(
    played: Played,
    card: Scorecard | None,
    *,
    drill_id: str,
    verified_head: str,
    now: Finality | None = None,
    called: Mapping[str, str] = NO_NAMES,
    regret: Regret | None = None,
) -> Contents:
    """The report of a drill; `card` is None where a run was voided or not scored.

    `now` says how final its score is, and what was said of it; by default nothing was;
    `regret` is what replays of its decisions said, where somebody had them played.
    """
    now = finality((), ended=played.situation.ended) if now is None else now
    card = None if now.state == "void" else card
    teaching = played.brief.scenario.teaching
    items = item_rows(played, card)
    return Contents(
        setting=_setting(played, drill_id, now.state),
        summary=exercise_summary(played, items) if items else summary(played, card),
        figures=exercise_figures(items) if items else figures(played),
        timeline=timeline(played, card),
        beside=beside(played),
        targets=target_rows(played, card) if card else (),
        score=score_of(played, card) if card else None,
        carried=carried(played),
        sights=sights(played),
        plan=plan_findings(played, card),
        questions=tuple((clean_line(q.phase), clean_line(q.asks)) for q in teaching.questions),
        lessons=tuple(clean_line(lesson) for lesson in teaching.lessons),
        steps=next_steps(played, card),
        replays=replays(played, regret, drill_id) if regret else None,
        items=items,
        footing=Footing(
            head=verified_head,
            verified=bool(verified_head),
            engine=clean_line(played.opened.engine, longest=64),
            rubric=played.opened.rubric or (card.conditions.rubric if card else ""),
            entries=len(played.entries),
        ),
        review=review_of(played, card, now, called=called),
    )


def _setting(played: Played, drill_id: str, status: str) -> Setting:
    opened, brief = played.opened, played.brief
    variant = brief.scenario.variants.get(opened.variant)
    return Setting(
        drill=clean_line(drill_id, longest=120),
        title=clean_line(brief.scenario.title),
        organisation=clean_line(brief.scenario.organisation),
        scenario=brief.scenario.id,
        plan=f"{clean_line(brief.plan.organisation)}: {clean_line(brief.plan.title)}",
        variant=clean_line(variant.title) if variant else opened.variant,
        mode=opened.mode,
        pace=opened.pace,
        seed=opened.seed,
        hints=len(played.situation.hints),
        assessed=opened.mode == "assessed",
        ended=_ended(played.situation.ended),
        begins=f"{opened.begins[:10]} {played.clock(0)} UTC",
        status=status,
        contract=f"{SHORT} The whole: {WHERE}.",
        accepted=tuple(played.who(person) for person in played.situation.contract),
        people=_people(played),
    )


def _ended(reason: str) -> str:
    return f"It ended when {ended(reason)}" if reason else "It is still running"


def _people(played: Played) -> tuple[tuple[str, str], ...]:
    """Who sat where, and whether a person or a bot played it."""
    taken = {e.what.person for e in played.entries if isinstance(e.what, ChairTaken)}
    policies = played.opened.policies
    return tuple(
        (label, _played_by(policies.get(person, ""), taken=person in taken))
        for person, label in played.labels.items()
        if person in set(played.opened.chairs.values())
    )


def _played_by(policy: str, *, taken: bool) -> str:
    if not policy:
        return "a person"
    return f"a bot ({policy}), then a person" if taken else f"a bot ({clean_line(policy)})"
