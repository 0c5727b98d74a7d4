"""Drills travel as JSON lines: the same drill arrives, or nothing does."""

import io
import json
import random
from pathlib import Path

import pytest
from drills_to_keep import about, chain
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.archive.archive import Archive
from simulator.archive.exchange import Parcel, written
from simulator.errors import HostError, JournalError
from simulator.journal.record import GENESIS, chained


@pytest.fixture
def exported(archive, sealed) -> bytes:
    """A sealed drill as it is sent."""
    assert sealed
    stream = io.BytesIO()
    archive.export("fraiseql-database-7", stream)
    return stream.getvalue()


@pytest.fixture
def elsewhere(tmp_path):
    """Another archive."""
    with Archive.at(str(tmp_path / "elsewhere"), {}) as opened:
        yield opened


def test_a_drill_arrives_as_it_left(sealed, exported, elsewhere):
    """Lines, labels and head are the same, and so is the export of the import."""
    arrived = elsewhere.import_(io.BytesIO(exported))
    again = io.BytesIO()
    elsewhere.export("fraiseql-database-7", again)

    assert (arrived.about.head, arrived.is_new) == (sealed[-1].hash, True)
    assert elsewhere.read("fraiseql-database-7") == tuple(sealed)
    assert elsewhere.verify()[0].intact
    assert again.getvalue() == exported


def test_the_first_line_is_a_heading(exported, sealed):
    """Format, version and head stand first; then one line each with its body as JSON."""
    heading, *rest = (json.loads(line) for line in exported.splitlines())

    assert (heading["format"], heading["version"]) == ("gameday drill", 1)
    assert (heading["drill"]["head"], heading["drill"]["lines"]) == (sealed[-1].hash, len(rest))
    assert rest[3]["body"] == {"text": "checked the pool 3"}
    assert rest[3]["op_id"] == "op-3"


def test_the_same_drill_again_changes_nothing(exported, elsewhere):
    """Importing twice is importing once."""
    first = elsewhere.import_(io.BytesIO(exported))
    second = elsewhere.import_(io.BytesIO(exported))

    assert (first.about, first.is_new, second.is_new) == (second.about, True, False)
    assert len(elsewhere.list()) == 1


def test_the_same_drill_under_another_name_is_told_and_not_added(exported, elsewhere):
    """A name proves nothing: what ends in the same hash is the same drill."""
    elsewhere.import_(io.BytesIO(exported))
    renamed = exported.replace(b'"fraiseql-database-7"', b'"my-best-drill"', 1)
    again = elsewhere.import_(io.BytesIO(renamed))

    assert (again.about.drill_id, again.is_new) == ("fraiseql-database-7", False)
    assert len(elsewhere.list()) == 1


def test_the_same_drill_that_is_damaged_here_stands_in_no_ones_way(exported, elsewhere, tmp_path):
    """By its own name one is told to take it away; by another, or once it is gone, it arrives."""
    elsewhere.import_(io.BytesIO(exported))
    file = tmp_path / "elsewhere" / "drills" / "fraiseql-database-7.db"
    file.chmod(0o600)
    file.write_bytes(file.read_bytes().replace(b"checked the pool 11", b"checked the till 11"))
    renamed = exported.replace(b'"fraiseql-database-7"', b'"another-name"', 1)
    with pytest.raises(JournalError, match=r"here already, but damaged \(line 11"):
        elsewhere.import_(io.BytesIO(exported))
    other = elsewhere.import_(io.BytesIO(renamed))
    (tmp_path / "elsewhere" / "drills" / "another-name.db").unlink()
    file.unlink()

    assert other.is_new
    assert elsewhere.import_(io.BytesIO(exported)).is_new


@pytest.mark.parametrize("began", ["1999-12-31 23:59 UTC", "long ago"])
def test_what_nothing_speaks_for_is_shown_as_a_claim(archive, elsewhere, began):
    """Without a wall clock beside the first line, when it began is what its sender says."""
    with archive.new_drill(about(began=began)) as writer:
        writer.append(chain(5))
    stream, again = io.BytesIO(), io.BytesIO()
    archive.export("fraiseql-database-7", stream)
    stream.seek(0)
    came = elsewhere.import_(stream)
    elsewhere.export("fraiseql-database-7", again)
    again.seek(0)

    assert came.about.began == f"{began} (claimed)"
    with Archive.at(str(elsewhere.where) + "-3", {}) as third:
        assert third.import_(again).about.began == came.about.began


def forked(parent: str, *, text: str) -> bytes:
    """A drill sent as a fork: three lines of a past, then a host's hand-over and two lines more."""
    past = chain(3, text=text)
    handed = chained(seq=3, at=1, by="host", cause=-1, kind="hand_back", body="{}",
                     prev=past[-1].hash)  # fmt: skip
    lines = [*past, handed, *chain(2, after=handed)]
    summary = about("a-fork-1", parent=parent, state="rested", lines=6, head=lines[-1].hash)
    stream = io.BytesIO()
    written(Parcel(about=summary, lines=tuple(lines), labels={}), stream)
    stream.seek(0)
    return stream.read()


def test_a_fork_has_the_past_of_the_parent_it_names(exported, elsewhere):
    """Where the parent is here, line for line; where it is not, the name is believed as a name."""
    strange = forked("fraiseql-database-7", text="watched the queue")
    unknown = elsewhere.import_(io.BytesIO(strange))
    (Path(elsewhere.where) / "drills" / "a-fork-1.db").unlink()
    elsewhere.import_(io.BytesIO(exported))

    assert unknown.is_new
    with pytest.raises(JournalError, match="fraiseql-database-7, which is here and began other"):
        elsewhere.import_(io.BytesIO(strange))
    true = forked("fraiseql-database-7", text="checked the pool")
    assert elsewhere.import_(io.BytesIO(true)).about.parent == "fraiseql-database-7"


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ([], "it holds no line"),
        (chain(3)[1:2], "line 0 is missing"),
        ([chained(seq=0, at=0, by="alice", cause=-1, kind="noted", body="{}", prev=GENESIS)],
         "line 0 does not open a drill"),
        (chain(1), "line 1 does not say which scenario and plan it is of"),
        (chain(5), "it says that it ended ('resolved'), but none of its lines does"),
    ],
)  # fmt: skip
def test_lines_that_do_not_tell_a_drill_are_refused(elsewhere, lines, sentence):
    """A heading over nothing, over some lines, or over a drill that never ended."""
    head = lines[-1].hash if lines else ""
    summary = about(state="sealed", ended="resolved", lines=len(lines), head=head)
    stream = io.BytesIO()
    written(Parcel(about=summary, lines=tuple(lines), labels={}), stream)
    stream.seek(0)

    with pytest.raises(JournalError) as told:
        elsewhere.import_(stream)
    assert sentence in str(told.value)


def test_another_drill_of_the_same_name_is_refused(exported, elsewhere):
    """A duplicate with a different head leaves the one that is here."""
    with elsewhere.new_drill(about()) as writer:
        writer.append(chain(3, text="watched the queue"))

    with pytest.raises(JournalError, match="another drill fraiseql-database-7 is here already"):
        elsewhere.import_(io.BytesIO(exported))
    assert len(elsewhere.read("fraiseql-database-7")) == 3


def test_an_unfinished_drill_arrives_to_be_resumed(archive, elsewhere):
    """A drill put down on one machine goes on, on another."""
    with archive.new_drill(about()) as writer:
        writer.append(chain(5))
    stream = io.BytesIO()
    archive.export("fraiseql-database-7", stream)
    stream.seek(0)
    elsewhere.import_(stream)

    with elsewhere.resume("fraiseql-database-7") as writer:
        writer.append(chain(6)[5:])
        assert writer.lines() == tuple(chain(6))


@pytest.mark.parametrize(
    ("found", "put", "sentence"),
    [
        (b'"version":1', b'"version":3', "newer gameday (format 3"),
        (b'"version":1', b'"version":0', "its version is no number from 1"),
        (b'"parent":"",', b"", "line 1 of the import does not describe a drill"),
        (b'"lines":40', b'"lines":"40"', "does not count its lines"),
        (b'"by":"alice"', b'"by":7', "a text of the line is not a text"),
        (b'"cause":3,', b'"cause":3,"op_id":"op-3",', "line 4 repeats an order of alice"),
        (b'"format":"gameday drill"', b'"format":"chess game"', "not the heading"),
        (b"checked the pool 11", b"checked the till 11", "line 11 (noted) was changed"),
        (b'"at":5,', b'"at":5.0,', "line 12 of the import"),
        (b'"at":5,', b'"at":5,"at":5,', "a key is given twice"),
        (b'"at":5,', b'"at":NaN,', "not a whole number"),
        (b'"at":5,', b'"at":true,', "not a whole number"),
        (b'"at":5,', b'"at":5,"extra":1,', "not the fields of a journal line"),
        (b'"at":5,', b'"at":99999999999999999999999,', "does not fit 64 bits"),
        (b"checked the pool 11", b"checked \\ud800", "line 13 of the import"),
        (b"checked the pool 11", b"checked \xff", "not UTF-8"),
        (b'"seed":"7"', b'"seed":"-7"', "line 1 of the import"),
        (b'"seed":"7"', b'"seed":7', "line 1 of the import"),
        (b'"state":"sealed"', b'"state":"lost"', "line 1 of the import"),
        (b'"drill_id":"fraiseql-database-7"', b'"drill_id":"../../etc"', "cannot name a drill"),
        (b'"plan":"fraiseql"', b'"plan":"code"', "it says plan 'code'; line 1 (briefed) says"),
        (b'"scenario":"fraiseql-database"', b'"scenario":"other"', "it says scenario 'other'"),
        (b'"mode":"standard"', b'"mode":"assessed"', "it says mode 'assessed'; line 0"),
        (b'"seed":"7"', b'"seed":"99"', "it says seed '99'; line 0 (drill_opened) says '7'"),
        (b'"engine":"0.1.0"', b'"engine":"9.9"', "it says engine '9.9'; line 0"),
        (b'"ended":"resolved"', b'"ended":"limit"', "line 39 (drill_ended) says 'resolved'"),
        (b'"state":"sealed"', b'"state":"rested"', "but also that it is not over"),
        (b'"parent":""', b'"parent":"a-drill-1"', "forked from a-drill-1, but no line of it hands"),
        (b'"began":"2023-', b'"began":"1999-', "the clock beside its first line says 2023-11-14"),
        (b'"wall_ms":17', b'"wall_ms":90000000', "first line says 9000000000000000000 ms"),
        (b'"lines":40', b'"lines":41', "cut off"),
        (b'"lines":40', b'"lines":39', "line 39 was added"),
        (b'{"at":1,"body":{"text":"checked the pool 2"}', b"[" * 100_000, "nested deeper"),
    ],
)
def test_a_wrong_stream_is_refused_whole(exported, elsewhere, found, put, sentence):
    """Each fault is named by the line it stands on, and nothing is kept."""
    assert found in exported
    with pytest.raises(JournalError) as told:
        elsewhere.import_(io.BytesIO(exported.replace(found, put, 1)))

    assert sentence in str(told.value)
    assert elsewhere.list() == ()


def test_a_place_that_takes_or_gives_nothing_is_named(archive, sealed, elsewhere):
    """A full device on the way out, a broken one on the way in."""
    assert sealed
    with (
        Path("/dev/full").open("wb", buffering=0) as full,
        pytest.raises(HostError, match="NOT written: No sp"),
    ):
        archive.export("fraiseql-database-7", full)
    with Path("/proc/self/mem").open("rb") as broken, pytest.raises(HostError, match="cannot be r"):
        elsewhere.import_(broken)


def test_a_drill_under_way_is_sent_as_one_put_down(archive, elsewhere, exported):
    """Who exports it while it is written, or says it is live, sends a drill to be resumed."""
    other = archive.new_drill(about("fraiseql-cache-8"))
    other.append(chain(2))
    stream = io.BytesIO()
    archive.export("fraiseql-cache-8", stream)
    other.close()
    stream.seek(0)

    assert elsewhere.import_(stream).about.state == "rested"
    live = exported.replace(b'"state":"sealed"', b'"state":"live"')
    live = live.replace(b'"ended":"resolved"', b'"ended":""')
    assert elsewhere.import_(io.BytesIO(live)).about.state == "rested"


def test_a_line_written_in_another_way_is_not_sent(archive):
    """Its hash would not be the one of what arrives."""
    spaced = chained(seq=0, at=0, by="alice", cause=-1, kind="noted", body="{ }", prev=GENESIS)
    with archive.new_drill(about()) as writer:
        writer.append([spaced])

    with pytest.raises(JournalError, match=r"line 0 \(noted\) is not canonical"):
        archive.export("fraiseql-database-7", io.BytesIO())


def test_an_import_into_one_database_is_whole_too(exported, tmp_path):
    """By URL: rows instead of a file, nobody known to write it, and the same verdict."""
    with Archive.at(f"sqlite:///{tmp_path}/all.db", {}) as one:
        one.import_(io.BytesIO(exported))
        held = one.host_of("fraiseql-database-7")
    with Archive.at(f"sqlite:///{tmp_path}/all.db", {}) as again:
        told = again.reindex()
        (verdict,) = again.verify("fraiseql-database-7")

    assert (held, told, verdict.intact, verdict.lines) == ("", (), True, 40)


def test_an_empty_or_endless_stream_is_refused(elsewhere):
    """Nothing at all, and a line that never ends, of which only so much is read."""
    with pytest.raises(JournalError, match="empty"):
        elsewhere.import_(io.BytesIO(b""))
    with (
        pytest.raises(JournalError, match="larger than any drill"),
        Path("/dev/zero").open("rb") as zero,
    ):
        elsewhere.import_(zero)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 2**32))
def test_no_stream_does_harm(exported, elsewhere, seed):
    """Bytes changed, cut, doubled or shuffled at random: refused, or the very same drill."""
    luck = random.Random(seed)
    content = bytearray(exported)
    for _ in range(luck.randrange(1, 4)):
        place = luck.randrange(len(content))
        match luck.randrange(4):
            case 0:
                content[place] = luck.randrange(256)
            case 1:
                del content[place : place + luck.randrange(1, 400)]
            case 2:
                content[place:place] = content[place : place + luck.randrange(1, 400)]
            case _:
                content[place:place] = luck.choice((b"\n", b"[", b'"', b"\\", b"{}", b"\x00"))
    try:
        arrived = elsewhere.import_(io.BytesIO(bytes(content)))
    except JournalError:
        return

    assert arrived.about.lines == 40
    assert all(verdict.intact for verdict in elsewhere.verify())
