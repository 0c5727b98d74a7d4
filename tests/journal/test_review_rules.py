"""Who may say what of a drill after it, and when."""

import pytest
from acts_to_say import DAY, MONDAY, OPENED, opened, refused, said, signed

from simulator.errors import JournalError
from simulator.journal.record import GENESIS
from simulator.journal.review.acts import (
    Act,
    Annotated,
    Answered,
    Contested,
    DepartureAccepted,
    MarkAmended,
    Rescored,
    ReviewOpened,
    Sealed,
    Signed,
    TimelineAmended,
    Voided,
    Words,
    from_line,
    to_line,
)
from simulator.journal.review.finality import finality
from simulator.journal.review.rules import Subject, unfitting

SUBJECT = Subject(
    people={"alice", "bob"},
    marks={"acknowledge": 800, "cause": None},
    departures={"status_page"},
    seconds={0: 0, 1: 0, 2: 30},
)


def raised(mark="acknowledge", was=800, now=1000):
    """An amendment of a mark."""
    return MarkAmended(mark=mark, was=was, now=now, total_milli=84_000)


def test_a_drill_nobody_has_spoken_of_is_provisional():
    """No act, no signature; and the end alone makes a run void."""
    assert finality(()).state == "provisional"
    assert [finality((), ended=end).state for end in ("stopped", "real_emergency", "closed")] == [
        "void",
        "void",
        "provisional",
    ]


def test_a_score_is_signed_then_sealed():
    """provisional, reviewed, sealed."""
    sealed = said(signed(), Sealed(total_milli=81_000))

    assert [now.state for now in (opened(), signed(), sealed)] == [
        "provisional",
        "reviewed",
        "sealed",
    ]


@pytest.mark.parametrize(
    "what",
    [
        Annotated(mark="cause"),
        Contested(mark="cause"),
        Sealed(total_milli=1),
        raised(),
        DepartureAccepted(duty="status_page", total_milli=1),
    ],
    ids=lambda what: type(what).__name__,
)
def test_nothing_but_a_signature_or_an_end_follows_an_unsigned_score(what):
    """A facilitator signs first."""
    assert "nobody has signed" in refused(opened(), what)


def test_people_have_seven_days():
    """At the last second of the seventh day one may object; a day later one may not."""
    what = Contested(mark="acknowledge")

    assert refused(signed(), what, by="alice", days=7) == ""
    assert "seven days" in refused(signed(), what, by="alice", days=8)
    assert "seven days" in refused(signed(), Annotated(mark="cause"), by="alice", days=8)


def test_an_objection_waits_for_somebody_elses_answer():
    """Nobody answers their own, nor twice, nor what was never said; no second one meanwhile."""
    now = said(signed(), Contested(mark="acknowledge"), by="alice", days=1)
    answer = Answered(to=2, accepted=True)
    answered = said(now, answer, days=2)

    assert "their own objection" in refused(now, answer, by="alice", days=2)
    assert "still waits" in refused(now, Contested(mark="acknowledge"), by="alice", days=2)
    assert "act 9 is no objection" in refused(now, Answered(to=9, accepted=False), days=2)
    assert "has its answer" in refused(answered, answer, days=2)
    assert [act.seq for act in now.unanswered] == [2]
    assert answered.unanswered == ()


def test_a_score_is_sealed_when_no_objection_waits_or_the_week_is_over():
    """An unanswered objection holds the seal for the seven days, not for ever."""
    now = said(signed(), Contested(mark="acknowledge"), by="alice", days=1)
    seal = Sealed(total_milli=81_000)

    assert "objections wait for an answer: 2" in refused(now, seal, days=7)
    assert refused(now, seal, days=8) == ""
    assert refused(said(now, Answered(to=2, accepted=False), days=2), seal, days=2) == ""


def test_a_sealed_score_is_only_amended():
    """Signing, objecting, voiding and sealing again are refused; amending is not."""
    sealed = said(signed(), Sealed(total_milli=81_000))

    assert "sealed" in refused(sealed, Signed(assessed_alone=False), by="olga")
    assert "sealed" in refused(sealed, Contested(mark="cause"), by="alice")
    assert "sealed" in refused(sealed, Annotated(mark="cause"), by="alice")
    assert "sealed" in refused(sealed, Voided(ground="crash"))
    assert "sealed already" in refused(sealed, Sealed(total_milli=81_000))
    assert refused(sealed, raised(), days=400) == ""
    assert refused(sealed, TimelineAmended(entry=2, was_s=30, now_s=40), days=400) == ""


def test_a_void_run_stays_void():
    """It is not signed, not amended, not sealed."""
    void = said(signed(), Voided(ground="real_incident"))

    assert void.state == "void"
    for what in (Sealed(total_milli=None), Signed(assessed_alone=False), raised()):
        assert "void" in refused(void, what, by="olga")


def test_every_total_stays():
    """What the engine found, each amendment and each other rubric stand side by side."""
    now = said(signed(), raised())
    now = said(now, raised(was=1000, now=None))
    now = said(now, DepartureAccepted(duty="status_page", total_milli=86_000))
    now = said(now, Rescored(rubric="c" * 64, total_milli=70_000))

    assert [(kept.why, kept.total_milli) for kept in now.totals] == [
        ("engine", 81_000),
        ("amendment", 84_000),
        ("amendment", 84_000),
        ("departure", 86_000),
        ("rubric", 70_000),
    ]


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        (raised(was=700), "was not worth that until now"),
        (raised(was=1000, now=1000), "worth already"),
        (raised(was=1000, now=1001), "0 to 100 %"),
        (Rescored(rubric="b" * 64, total_milli=1), "under this rubric already"),
        (ReviewOpened(head="a" * 64, lines=1, ended="", rubric="", total_milli=1), "opened once"),
        (Signed(assessed_alone=False), "has signed already"),
    ],
)
def test_what_would_lose_something_is_refused(what, sentence):
    """An amendment says what was; a rubric is laid on once; one signs once."""
    assert sentence in refused(said(signed(), raised()), what)


def test_an_act_without_its_reason_is_refused():
    """A reason is asked for where one is owed, and nowhere else."""
    assert "say why" in refused(signed(), raised(), words="")
    assert refused(signed(), Sealed(total_milli=1), words="") == ""


def test_a_clock_that_runs_backwards_is_refused():
    """An act stands after the one before it."""
    assert "behind" in refused(signed(), Sealed(total_milli=1), days=-1)


@pytest.mark.parametrize(
    ("what", "by", "sentence"),
    [
        (Contested(mark="acknowledge"), "olga", "did not sit in this drill: alice, bob"),
        (Contested(mark="acknowlege"), "alice", "did you mean 'acknowledge'"),
        (Annotated(mark="acknowlege"), "olga", "did you mean 'acknowledge'"),
        (raised(mark="declares"), "erin", "no mark is called"),
        (raised(was=900), "erin", "not worth that until now"),
        (raised(mark="cause", was=0), "erin", "not worth that until now"),
        (DepartureAccepted(duty="report", total_milli=1), "erin", "no unsettled departure"),
        (TimelineAmended(entry=9, was_s=0, now_s=1), "erin", "no entry 9; its last is 2"),
        (TimelineAmended(entry=2, was_s=0, now_s=1), "erin", "did not stand at second 0"),
    ],
)
def test_what_does_not_fit_the_drill_is_refused(what, by, sentence):
    """Names are known ones, and what was is what was."""
    assert sentence in unfitting(what, by, SUBJECT, signed())


def test_what_fits_the_drill_is_let_through():
    """A person of the drill objects to a mark, a facilitator amends it."""
    assert unfitting(Contested(mark="cause"), "alice", SUBJECT, signed()) == ""
    assert unfitting(raised(mark="cause", was=None), "erin", SUBJECT, signed()) == ""
    assert unfitting(TimelineAmended(entry=2, was_s=30, now_s=1), "erin", SUBJECT, signed()) == ""


EVERY_ACT = (
    OPENED,
    Signed(assessed_alone=True),
    Annotated(mark="cause"),
    Contested(mark="cause"),
    Answered(to=3, accepted=True),
    DepartureAccepted(duty="status_page", total_milli=None),
    raised(now=None),
    TimelineAmended(entry=2, was_s=30, now_s=0),
    Rescored(rubric="c" * 64, total_milli=None),
    Sealed(total_milli=81_000),
    Voided(ground="crash"),
)


@pytest.mark.parametrize("what", EVERY_ACT, ids=lambda what: type(what).__name__)
def test_an_act_comes_back_from_its_line_as_it_was(what):
    """Fields, author, moment and words are the same."""
    act = Act(seq=4, at=MONDAY, by="erin", what=what, words="as it was:\ntwo lines")
    line, words = to_line(act, GENESIS, salt="5a" * 16)

    assert from_line(line, words) == act


def test_words_that_were_erased_leave_their_act_behind():
    """The line tells nothing of them but that there were some."""
    act = Act(seq=1, at=MONDAY, by="alice", what=Annotated(mark="cause"), words="it was me")
    line, _ = to_line(act, GENESIS, salt="5a" * 16)

    assert "it was me" not in line.body
    assert from_line(line, None).words is None


@pytest.mark.parametrize(
    ("kind", "body", "sentence"),
    [
        ("applauded", '{"words":""}', "does not know"),
        ("mark_annotated", '{"mark":"cause"}', "not written as an act"),
        ("mark_annotated", '{"mark":7,"words":""}', "its mark cannot be 7"),
        ("mark_annotated", '{"mark":"a\\u001bb","words":""}', "its mark cannot be"),
        ("contest_answered", '{"accepted":1,"to":2,"words":""}', "its accepted cannot be 1"),
        ("contest_answered", '{"accepted":true,"to":true,"words":""}', "its to cannot be True"),
        ("score_sealed", '{"total_milli":-1,"words":""}', "its total_milli cannot be -1"),
        ("run_voided", '{"ground":"boredom","words":""}', "its ground cannot be 'boredom'"),
        ("score_sealed", '{"total":1,"words":""}', "has other fields"),
    ],
)
def test_an_act_of_a_stranger_is_read_strictly(kind, body, sentence):
    """Another kind, field or type is named and refused."""
    line, _ = to_line(Act(seq=0, at=0, by="erin", what=OPENED), GENESIS, salt="")
    strange = type(line)(
        seq=1, at=0, by="erin", cause=0, kind=kind, body=body, prev=line.hash, hash=""
    )

    with pytest.raises(JournalError, match=sentence):
        from_line(strange, None)


def test_words_that_are_not_the_ones_said_are_refused():
    """Neither other words nor words that could act on a terminal pass for them."""
    act = Act(seq=1, at=0, by="alice", what=Annotated(mark="cause"), words="fine \x1b[31m")
    line, words = to_line(act, GENESIS, salt="s")

    for put in (words, Words(salt="s", text="fine")):
        with pytest.raises(JournalError, match="not those it was said in"):
            from_line(line, put)


def test_the_week_runs_from_the_first_signature():
    """A second facilitator's signature does not lengthen it."""
    now = said(signed(), Signed(assessed_alone=True), by="olga", days=3)

    assert now.open_until == MONDAY + 7 * DAY
    assert not now.signer_was_assessed_alone
