from pathlib import Path

import pytest

from simulator.authoring.stroll import (
    LONGEST_S,
    Answer,
    Stroll,
    disagreements,
    lines_of,
    order_of,
    same_world,
    shuffled,
    stroll,
)
from simulator.brief.library import load
from simulator.journal.commands.paging import Page
from simulator.journal.commands.talk import AskColleague
from simulator.journal.commands.work import Type
from simulator.journal.entry import Entry
from simulator.journal.events.work import Found


def found(seq, errors, measured_at):
    """A find that showed the share of errors at a second."""
    told = Found(by="bob", work=f"w{seq}", look="", views=("metrics",), of="api",
                 facts={"errors": errors}, measured_at=measured_at, clues=(), content="",
                 line=f"line {seq}")  # fmt: skip
    return Entry(seq=seq, at=measured_at + 5, by="engine", what=told)


def test_a_line_is_typed_asked_or_pages():
    """Three ways of saying something."""
    assert order_of("$ kubectl get pods | wc -l") == Type(line="kubectl get pods | wc -l")
    assert order_of("ask diana: is it us: yes?") == AskColleague(
        person="diana", text="is it us: yes?"
    )
    assert order_of("page sme") == Page(role="sme")


@pytest.mark.parametrize("line", ["kubectl get pods", "ask diana", "page "])
def test_anything_else_is_told_to_its_author(line):
    """A line without its sign says how lines are written."""
    with pytest.raises(ValueError, match=r"is not `\$ "):
        order_of(line)


def test_comments_and_blank_lines_are_no_lines():
    """Only what is said is counted."""
    assert lines_of("# what\n\n  $ ls  \nask bob: x\n") == ("$ ls", "ask bob: x")


def test_another_order_has_the_same_lines():
    """The same for the same seed."""
    lines = tuple(str(number) for number in range(25))
    assert shuffled(lines, 3) == shuffled(lines, 3) != lines
    assert sorted(shuffled(lines, 3)) == sorted(lines)


def test_two_views_of_one_second_must_agree():
    """Another second may say something else."""
    agreeing = [found(0, 100, 60), found(1, 100, 60), found(2, 900, 75)]
    assert list(disagreements(agreeing)) == []

    assert list(disagreements([*agreeing, found(3, 901, 75)])) == [
        "errors of second 75 is 900 and 901 (line 3)"
    ]


def walked(*world, answers=()):
    """A walk on which so much happened by itself."""
    answers = answers or (Answer(line="$ ls", way="answered", at=1000),)
    return Stroll(variant="v", begins=300, answers=answers, disagree=("errors differ",),
                  world=world)  # fmt: skip


def test_every_failure_is_a_sentence_with_its_place():
    """A line nobody answered, one that gives the cause away, and two values of one second."""
    answers = (
        Answer(line="$ ls", way="answered", at=400),
        Answer(line="$ top", way="not_simulated", at=410),
        Answer(line="ask bob: why?", way="answered", at=420, spoils="disk full"),
    )

    assert walked(answers=answers).failures() == (
        "v, T+05:00: not_simulated: $ top",
        "v, T+05:00: says 'disk full': ask bob: why?",
        "v, T+05:00: errors differ",
    )


def test_two_worlds_are_compared_while_both_last():
    """The first thing that differs, or that happened once; nothing where they are the same."""
    one = walked((10, "alert"), (20, "full"), (2000, "later"))

    assert same_world(one, walked((10, "alert"), (20, "full"))) == ""
    assert same_world(one, walked((10, "alert"), (20, "cured"))) == "second 20: full is not cured"
    assert same_world(one, walked((10, "alert"))) == "only once: (20, 'full')"


def test_what_is_done_refused_or_never_answered_is_told_as_such():
    """A rollback is an act, a stranger is nobody to ask, and who is paged twice says nothing."""
    here = Path(__file__).parent
    people = str(here / "corner_shop_people.yaml")
    brief = load(str(here / "corner_shop.yaml"), roster=people).brief
    lines = (
        "$ kubectl -n shop rollout undo deployment/shop-api",
        "ask nobody: are you there?",
        "page sme",
    )
    walk = stroll(brief, lines, variant="release", begins=60)

    assert [(one.way, one.acted) for one in walk.answers] == [
        ("answered", True),
        ("refused", False),
        ("answered", True),
    ]


def test_a_question_to_somebody_who_is_away_is_left_unanswered(tmp_path):
    """Ten minutes are waited, which is longer than any answer takes; the author is told of it."""
    here = Path(__file__).parent
    shop = tmp_path / "corner-shop.yaml"
    text = (here / "corner_shop.yaml").read_text()
    shop.write_text(text.replace("    role: sme\n", "    role: sme\n    absent: now > 0\n"))
    brief = load(str(shop), roster=str(here / "corner_shop_people.yaml")).brief
    line = "ask bob: what was released?"
    walk = stroll(brief, ("$ ls", line), variant="release", begins=60)
    typed, asked = walk.answers

    assert walk.failures() == (f"release, T+01:00: unanswered: {line}",)
    assert (asked.told, asked.acted) == ("", False)
    assert asked.at == typed.at + 1 + LONGEST_S
