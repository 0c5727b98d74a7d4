"""A person's evening: the drill is hurried through a skip, and stands where it ended."""

from simulator.brief.library import load
from simulator.drill import Drill, Terms
from simulator.journal.commands.incident import Deviate
from simulator.journal.commands.paging import Acknowledge
from simulator.journal.commands.room import AcceptDeviation, RealEmergency, Skip, StepOut
from simulator.journal.commands.talk import Note
from simulator.journal.events.paging import Paged
from simulator.journal.events.room import Refused, SkipEnded
from simulator.session.scripts import seats


def seated(person="bob"):
    """The shipped incident, one person among competent bots."""
    brief = load("fraiseql-database-recovery").brief
    policies = {p: "competent" for p in brief.people() if p != person}
    return Drill(brief, Terms(seed=7, policies=policies))


def test_a_drill_is_hurried_to_the_page_and_no_further():
    """The first skip ends with the page; over the unread page a second one is refused."""
    drill = seated()
    drill.advance(10)
    drill.submit("bob", Skip())
    stands = drill.skip_on()
    paged = next(e for e in drill.entries if isinstance(e.what, Paged) and e.what.to == "bob")
    (over,) = [e.what for e in drill.entries if isinstance(e.what, SkipEnded)]
    drill.submit("bob", Skip())

    assert (paged.at < stands <= paged.at + 1, over.since, over.why) == (True, 10, "told")
    assert drill.stage.situation.skipping is None
    assert [e.what.code for e in drill.entries if isinstance(e.what, Refused)] == ["unread"]


def test_a_skip_is_hurried_no_further_than_asked():
    """Whoever drives the drill may look up before anything has come."""
    drill = seated()
    drill.advance(10)
    drill.submit("bob", Skip())

    assert drill.skip_on(longest=20) == 20
    assert drill.stage.situation.skipping is not None


def test_who_has_stepped_out_is_not_heard():
    """The seat is empty, and says so; nothing else comes of the order."""
    drill = seated()
    drill.advance(10)
    drill.submit("bob", StepOut())
    drill.submit("bob", Note(text="still here"))

    last = drill.entries[-1].what
    assert isinstance(last, Refused)
    assert last.reason == "this seat has stepped out"


def test_nobody_is_heard_in_what_is_left_of_the_last_second(tmp_path):
    """Two people have something to say at T+30 s; the first stops everything."""
    brief = load("fraiseql-database-recovery").brief
    file = tmp_path / "both.yaml"
    file.write_text(
        "- {at: 30s, by: bob, command: real_emergency}\n"
        "- {at: 30s, by: charlie, command: note, fields: {text: too late}}\n"
    )
    seated = seats(brief, str(file))
    journal = Drill(seated.brief, Terms(seed=7, policies=seated.policies)).run()

    said = [(e.by, type(e.what)) for e in journal if isinstance(e.what, RealEmergency | Note)]
    assert said == [("bob", RealEmergency)]


def test_a_hurried_drill_runs_again_from_its_record():
    """Skipping changes no time: the orders alone tell the same story."""
    drill = seated()
    drill.advance(10)
    drill.submit("bob", Skip())
    drill.skip_on()
    page = next(e.what for e in drill.entries if isinstance(e.what, Paged) and e.what.to == "bob")
    drill.submit("bob", Acknowledge(page=page.page))
    drill.advance(drill.now + 120)
    entries = tuple(drill.entries)
    again = Drill(drill.stage.brief, drill.terms)
    again.follow(entries)

    assert tuple(again.entries) == entries


def test_a_departure_is_settled_once_the_drill_is_over():
    """The facilitator alone is still heard after the last entry."""
    drill = seated()
    drill.advance(10)
    drill.submit("bob", Deviate(duty="acknowledge", because="a drill of the drill"))
    drill.submit("bob", RealEmergency())
    drill.submit("bob", Skip())
    drill.submit("facilitator", AcceptDeviation(duty="acknowledge"))
    heard = [type(e.what).__name__ for e in drill.entries[-4:]]

    assert heard == ["Skip", "Refused", "AcceptDeviation", "DeviationAccepted"]
