import pytest
from starter_answers import SAID

from simulator.authoring.answers import FAMILIES, Refusal, answers_of, id_from
from simulator.authoring.rehearsal import Rehearsal, packed, rehearse
from simulator.authoring.starter import starter
from simulator.brief.library import load, names


def made(**changes):
    """The drill of these answers."""
    return starter(answers_of({**SAID, **changes}))


def refused(**changes):
    """The sentence these answers are refused with."""
    with pytest.raises(Refusal) as caught:
        made(**changes)
    return str(caught.value)


@pytest.mark.parametrize("plan", names("plan"))
@pytest.mark.parametrize("kind", FAMILIES)
def test_every_kind_is_sound_under_every_plan(kind, plan):
    """Nothing to say but that it is small."""
    assert {note.code for note in made(kind=kind, plan=plan).notes} <= {"W163"}


@pytest.mark.parametrize("kind", FAMILIES)
def test_an_expert_restores_every_kind_in_time(kind, tmp_path):
    """Both truths, a seed each."""
    told = made(kind=kind)
    (tmp_path / f"{told.roster_id}.yaml").write_text(told.roster)
    (tmp_path / "drill.yaml").write_text(told.scenario)
    brief = load(str(tmp_path / "drill.yaml")).brief
    asked = [
        Rehearsal(group="expert", seed=2, policy="expert", variant=name)
        for name in brief.scenario.variants
    ]

    runs = [rehearse(packed(brief), one) for one in asked]

    assert [(one.ended, one.in_time(), one.faulted) for one in runs] == [("closed", True, "")] * 2


def test_the_names_are_those_of_the_answers():
    """Services, files and the words on the page follow what was said."""
    text = made(service="web", store="pg", vendor="maps", organisation='The "Inn"').scenario

    assert 'organisation: "The \\"Inn\\""' in text
    assert "kubectl -n web rollout undo deployment/web" in text
    assert "ErrorsHigh - more than 5 % of the answers of web are errors" in text
    assert not {"checkout", "orders-db", "payments"} & set(text.replace('"', " ").split())


def test_two_truths_stand_behind_one_page():
    """The one asked for is drawn twice as often; which other one is can be said."""
    text = made(kind="disk", other="key").scenario

    assert text.index("  full:\n") < text.index("  stolen:\n")
    assert [line.strip() for line in text.splitlines() if "weight:" in line] == [
        "weight: 2", "weight: 1",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"kind": "flood"}, "no kind of trouble is called 'flood'; known: database"),
        ({"plan": "fraisql"}, "no plan is called 'fraisql'; did you mean 'fraiseql'?"),
        ({"service": "Check Out"}, "'Check Out' is not an id"),
        ({"service": "x" * 25}, "has 25 signs; at most 24"),
        ({"service": "fault"}, "'fault' is a word of the conditions"),
        ({"vendor": "not"}, "'not' is a word of the conditions"),
        ({"store": "checkout"}, "three services need three names"),
        ({"other": "deploy"}, "both truths are deploy"),
        ({"id": "9lives"}, "'9lives' is not an id"),
        ({"title": ""}, "found nothing; one line of text is expected"),
        ({"title": "a\nb"}, "found several lines"),
        ({"title": "\x1b]52;c;YQ==\x07"}, "invisible or unsafe"),
        ({"title": "x" * 81}, "81 signs; at most 80"),
        ({"organisation": "${api.errors}"}, "holds `${`"),
        ({"title": "A broken release"}, "these names spoil the drill (it names what is wrong"),
    ],
)
def test_an_answer_that_cannot_be_used_is_refused_in_a_sentence(changes, said):
    """What was found, what is expected."""
    assert said in refused(**changes)


@pytest.mark.parametrize(
    ("title", "name"),
    [("Orders fail!", "orders-fail"), ("9 to 5", "to-5"), ("\u00fc", "my-drill"), ("", "my-drill")],
)
def test_an_id_is_found_for_any_title(title, name):
    """Letters and digits that an id may have; else one that stands in."""
    assert id_from(title) == name
