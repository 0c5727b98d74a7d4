"""What a headless drill leaves in the archive."""

import json
import re
import signal
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from simulator.archive.archive import Archive
from simulator.brief.brief import reread
from simulator.brief.library import load
from simulator.debrief.replay import entries_of
from simulator.drill import Drill, Terms
from simulator.errors import EngineError, HostError, JournalError, UnknownNameError
from simulator.session import headless
from simulator.session.headless import play, play_fork, resume
from simulator.session.recorder import Recorder
from simulator.session.scripts import seats
from simulator.session.undisturbed import undisturbed
from simulator.stage import BUDGET

SHOP = Path(__file__).parents[1] / "authoring" / "corner_shop.yaml"
PEOPLE = SHOP.with_name("corner_shop_people.yaml")


@pytest.fixture(scope="module")
def shop():
    """A shop on the corner and three people."""
    return load(str(SHOP), roster=str(PEOPLE)).brief


@pytest.fixture
def archive(tmp_path):
    """An empty archive in a folder."""
    with Archive.at(str(tmp_path / "archive"), {}) as opened:
        yield opened


def idle(brief, seed=3):
    """Nobody does anything."""
    return Terms(seed=seed, policies=dict.fromkeys(brief.people(), "idle"))


def broken_at(archive, brief, terms, second, fault):
    """What is kept of a drill in which something breaks while a second is being told."""
    recorder = Recorder()
    broken = []

    def hear(entry):
        recorder.hear(entry)
        if entry.at >= second and not broken:
            broken.append(entry)
            raise fault

    drill = Drill(brief, terms, watcher=hear)
    about = headless._about(brief, terms.seed, terms.mode)
    recorder.found_by(headless._founding(archive, "shop", about, headless._unheard))
    with pytest.raises(type(fault)):
        headless._to_the_end(archive, recorder, drill)
    return archive.find("shop"), archive.read("shop")


def test_a_fault_of_the_engine_ends_the_drill_and_is_told_in_it(archive, shop):
    """All up to it is kept, then the fault in words and the end; nothing is taken up again."""
    kept, lines = broken_at(archive, shop, idle(shop), 200, EngineError("a loop of causes"))

    assert (kept.state, kept.ended) == ("sealed", "stopped")
    assert [line.kind for line in lines[-2:]] == ["engine_faulted", "drill_ended"]
    assert "a loop of causes" in lines[-2].body


def test_a_drill_stopped_within_a_second_is_taken_up_before_it(archive, shop, tmp_path):
    """What stands is whole seconds; played on, it ends with the byte it would have ended with."""
    kept, lines = broken_at(archive, shop, idle(shop), 200, KeyboardInterrupt())
    played = resume(archive, "shop")
    with Archive.at(str(tmp_path / "whole"), {}) as other:
        whole = play(other, shop, idle(shop))

    assert kept.state == "rested"
    assert 0 < lines[-1].at < 200
    assert (played.head, played.lines) == (whole.head, whole.lines)


def test_a_drill_that_outlives_every_drill_is_kept_as_it_stands(archive, shop):
    """Nothing ended it in all the time there is: it is put down, not sealed, and has no score."""
    recorder = Recorder()
    drill = Drill(shop, idle(shop), watcher=recorder.hear)
    drill.run = lambda: Drill.run(drill, longest=300)
    about = headless._about(shop, 3, "standard")
    recorder.found_by(headless._founding(archive, "shop", about, headless._unheard))
    with pytest.raises(EngineError, match="drill shop never ended; it is kept as it stands"):
        headless._to_the_end(archive, recorder, drill)
    kept = archive.find("shop")

    assert (kept.state, kept.ended, kept.lines) == ("rested", "", len(drill.entries))
    assert (archive.host_of("shop"), archive.scores("shop")) == ("", ())


def test_a_fault_of_the_engine_is_the_last_that_a_drill_tells(archive, shop):
    """What sets too much in one second is told as a fault, then the end; both can be read again."""
    scenario = json.loads(shop.documents["scenario"])
    rows = dict.fromkeys((f"row-{number}" for number in range(BUDGET // 2)), "before")
    scenario["system"]["state"] = rows
    scenario["injects"] |= {
        f"sweep-{word}": {"at": "4m", "do": {"sets": dict.fromkeys(rows, word)}}
        for word in ("once", "twice", "again")
    }
    brief = reread({**shop.documents, "scenario": json.dumps(scenario)})
    with pytest.raises(EngineError, match="entries in second"):
        play(archive, brief, idle(brief))
    kept = archive.find("corner-shop-s3")
    lines = archive.read("corner-shop-s3")

    assert (kept.state, kept.ended) == ("sealed", "stopped")
    assert [line.kind for line in lines[-2:]] == ["engine_faulted", "drill_ended"]
    assert archive.verify("corner-shop-s3")[0].intact


def test_a_drill_stopped_within_its_first_second_leaves_nothing_behind(archive, shop):
    """Nothing is listed that could not be taken up, and nothing is held."""
    recorder = Recorder()
    drill = Drill(shop, idle(shop), watcher=recorder.hear)

    def stopped():
        raise KeyboardInterrupt

    drill.run = stopped
    about = headless._about(shop, 3, "standard")
    recorder.found_by(headless._founding(archive, "shop", about, headless._unheard))
    with pytest.raises(KeyboardInterrupt):
        headless._to_the_end(archive, recorder, drill)

    assert recorder.lines >= 2
    assert archive.list() == ()
    assert list((Path(archive.where) / "drills").iterdir()) == []


def test_whoever_asks_is_told_the_drills_name_when_it_could_be_taken_up(archive, shop):
    """By then its first second is on disk, with the wall clock it was recorded at."""
    told = []

    def hear(drill_id):
        told.append((drill_id, archive.host_of(drill_id).partition(" ")[0]))

    short = replace(shop, scenario=replace(shop.scenario, limit=60))
    played = play(archive, short, idle(short), begun=hear)
    with archive._shelf.record(played.drill_id) as record:
        labels = record.labels()

    assert told == [(played.drill_id, "process")]
    assert len(labels) == played.lines
    assert all(wall_ms > 1_700_000_000_000 for _, wall_ms in labels.values())


def test_what_belongs_together_is_done_before_a_stop_is_heard():
    """A signal in the middle is raised at the end, once, and the handlers are those of before."""
    before = signal.getsignal(signal.SIGINT)
    done = []

    def work():
        with undisturbed():
            with undisturbed():
                signal.raise_signal(signal.SIGINT)
                done.append("within")
            done.append("after")

    with pytest.raises(KeyboardInterrupt):
        work()

    assert done == ["within", "after"]
    assert signal.getsignal(signal.SIGINT) is before


def test_beside_the_main_thread_nothing_is_held_back():
    """No signal is heard there, and no handler may be set."""
    done = []

    def work():
        with undisturbed():
            done.append(threading.current_thread().name)

    thread = threading.Thread(target=work, name="beside")
    thread.start()
    thread.join()

    assert done == ["beside"]


def test_a_disk_that_fails_while_a_drill_is_put_down_leaves_nobody_holding_it(archive, shop):
    """The last lines are not recorded, which is told; the drill is closed all the same."""
    recorder = Recorder(batch=1)
    broken = OSError("the disk failed")

    def hear(entry):
        recorder.hear(entry)
        if entry.at >= 300:
            recorder.writer.append = fails
            raise KeyboardInterrupt

    def fails(*_lines, **_labels):
        raise broken

    short = replace(shop, scenario=replace(shop.scenario, limit=600))
    drill = Drill(short, idle(short), watcher=hear)
    about = headless._about(short, 3, "standard")
    recorder.found_by(headless._founding(archive, "shop", about, headless._unheard))
    recorder._batch = 10_000
    with pytest.raises(OSError, match="the disk failed"):
        headless._to_the_end(archive, recorder, drill)

    assert archive.host_of("shop") == ""
    assert archive.find("shop").state == "rested"


def test_a_fork_beyond_the_end_says_how_long_the_drill_was(archive, shop):
    """In minutes and seconds from the first page, not in seconds of the engine."""
    short = replace(shop, scenario=replace(shop.scenario, limit=900))
    parent = play(archive, short, idle(short))

    with pytest.raises(UnknownNameError) as told:
        play_fork(archive, parent.drill_id, 9 * 3600, {"ann": "expert"})
    said = r"T\+9:00:00 is not within the drill, which ran from T-\d\d:\d\d to T\+\d\d:\d\d, "
    assert re.match(said, str(told.value))


def test_a_drill_without_a_line_cannot_be_taken_up_and_stays_put_down(archive, shop):
    """It was stopped before it began; nobody holds it afterwards."""
    archive.new_drill(headless._about(shop, 3, "standard")).close()

    with pytest.raises(JournalError, match="it was stopped before it began"):
        resume(archive, "to-be-named")
    assert archive.host_of("to-be-named") == ""
    assert archive.find("to-be-named").state == "rested"


def test_drills_of_one_seed_are_counted(archive, shop, monkeypatch):
    """A name that is taken, or that a damaged file holds, is passed over, until all are taken."""
    monkeypatch.setattr(headless, "MOST_ALIKE", 5)
    about = headless._about(shop, 3, "standard")
    drills = Path(archive.where) / "drills"
    headless._new(archive, "shop", about).close()
    (drills / "shop-2.db").write_bytes(b"in the way")
    names = [headless._new(archive, "shop", about) for _ in range(2)]
    for writer in names:
        writer.close()

    assert [writer.drill_id for writer in names] == ["shop-3", "shop-4"]
    with pytest.raises(JournalError, match="5 drills called shop already"):
        headless._new(archive, "shop", about)


def test_what_was_heard_before_there_was_a_place_is_kept_there(archive, shop):
    """A fork is told its past before its drill has a file: every line waits for it."""
    short = replace(shop, scenario=replace(shop.scenario, limit=60))
    recorder = Recorder(batch=1)
    drill = Drill(short, idle(short), watcher=recorder.hear)
    drill.run()
    recorder.commit_whole_seconds()
    with headless._new(archive, "shop", headless._about(shop, 3, "standard")) as writer:
        recorder.keep_in(writer)
        recorder.commit()
        told = entries_of(writer.lines())

    assert told == tuple(drill.entries)


def test_another_past_than_the_recorded_one_is_told_at_its_first_line(archive, shop):
    """A version that would tell it otherwise says where."""
    short = replace(shop, scenario=replace(shop.scenario, limit=60))
    play(archive, short, idle(short))
    (about,) = archive.list()
    recorder = Recorder(recorded=archive.read(about.drill_id))

    with pytest.raises(EngineError, match=r"line 0 \(drill_opened\) differs"):
        Drill(short, idle(short, seed=4), watcher=recorder.hear)


def test_a_chair_takes_one_list_of_orders_from_a_file_that_is_one(shop, tmp_path):
    """Two files for one chair, a chair nobody knows and a name no disk can hold are refused."""
    file = tmp_path / "ann.yaml"
    file.write_text("- {at: 30s, by: ann, command: acknowledge, fields: {page: p1}}\n")

    assert seats(shop, f"on_call={file}").policies["ann"] == "scripted"
    with pytest.raises(UnknownNameError, match="ann is given two lists of orders"):
        seats(shop, f"ann={file},on_call={file}")
    with pytest.raises(UnknownNameError, match=r"no role or person is called 'onn_call'.*on_call"):
        seats(shop, f"onn_call={file}")
    with pytest.raises(UnknownNameError, match="'ann' is named twice, once with a file"):
        seats(shop, f"ann=novice,ann={file}")
    with pytest.raises(HostError, match=r"cannot be read: .*too long"):
        seats(shop, f"ann={'x' * 300}.yaml")


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


def test_a_fork_is_a_drill_of_its_own_that_names_its_parent(archive, shop):
    """Played on from a minute after the first page by an expert, it has its own file and end."""
    short = replace(shop, scenario=replace(shop.scenario, limit=900))
    parent = play(archive, short, idle(short))
    fork = play_fork(archive, parent.drill_id, 60, {"ann": "expert"})
    kept = archive.find(fork.drill_id)
    before, after = archive.read(parent.drill_id), archive.read(fork.drill_id)
    same = next(n for n, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1])

    assert fork.drill_id == f"{parent.drill_id}-fork"
    assert (kept.parent, kept.ended) == (parent.drill_id, fork.ended)
    assert {one.by for one in after[same:]} == {"ann", "engine", "host"}
    assert archive.find(parent.drill_id).ended == "limit"
