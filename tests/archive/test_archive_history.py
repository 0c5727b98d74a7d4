"""The history of drills: found by name, listed, scored, verified, and made again from its files."""

import shutil
import sqlite3
import stat
from pathlib import Path

import pytest
from drills_to_keep import WALL_MS, about, chain
from sqlalchemy.engine import make_url

from simulator.archive.archive import Archive
from simulator.archive.places import of_server
from simulator.errors import HostError, JournalError, UnknownNameError
from simulator.journal.record import canonical


def test_a_drill_is_listed_from_its_first_line_to_its_seal(archive):
    """Live, put down, sealed: the listing follows."""
    writer = archive.new_drill(about())
    states = [archive.list()[0].state]
    writer.append(chain(4))
    writer.close()
    states.append(archive.list()[0].state)
    writer = archive.resume("fraiseql-database-7")
    states.append(archive.list()[0].state)
    writer.seal("resolved")
    (last,) = archive.list()

    assert [*states, last.state] == ["live", "rested", "live", "sealed"]
    assert (last.lines, last.head, last.ended) == (4, chain(4)[-1].hash, "resolved")


def test_the_host_itself_may_read_the_drill_it_writes(archive):
    """Lines come through the writer; the file is not opened a second time."""
    with archive.new_drill(about()) as writer:
        writer.append(chain(7))

        assert archive.read("fraiseql-database-7") == tuple(chain(7))
        assert archive.verify()[0].lines == 7
        assert archive.host_of("fraiseql-database-7").startswith("process ")
    assert archive.host_of("fraiseql-database-7") == ""


def test_another_archive_waits_for_the_host(archive, folder):
    """Elsewhere a drill that has a host is listed, not read, and not called damaged."""
    with archive.new_drill(about()) as writer, Archive.at(str(folder), {}) as other:
        writer.append(chain(2))
        (verdict,) = other.verify()

        assert [each.drill_id for each in other.list()] == ["fraiseql-database-7"]
        assert (verdict.intact, verdict.is_checked) == (True, False)
        with pytest.raises(HostError, match="is open in process"):
            other.read("fraiseql-database-7")


def test_a_drill_is_found_by_the_beginning_of_its_name(archive):
    """A unique beginning is enough; several or none are answered with the names there are."""
    for drill_id in ("fraiseql-database-7", "fraiseql-cache-8", "printoptim-tariff-9"):
        archive.new_drill(about(drill_id)).close()

    assert archive.find("print").drill_id == "printoptim-tariff-9"
    assert archive.find("fraiseql-cache-8").drill_id == "fraiseql-cache-8"
    with pytest.raises(UnknownNameError, match=r"begins the ids of 2 drills: .*cache-8, fraiseql"):
        archive.find("fraiseql")
    with pytest.raises(UnknownNameError, match="did you mean 'fraiseql-cache-8'"):
        archive.find("fraisql-cache-8")
    with pytest.raises(UnknownNameError):
        archive.read("nobody")


@pytest.mark.parametrize(
    "drill_id", ["", "ab", "Drill", "../etc/passwd", "-drill", "d" * 82, "é23"]
)
def test_a_name_that_is_no_plain_word_is_refused(drill_id):
    """An id names a file: nothing else may come of it."""
    with pytest.raises(HostError, match="cannot name a drill"):
        about(drill_id)


def test_a_name_is_given_once(archive, sealed):
    """A second drill of the same id is refused and the first stays."""
    with pytest.raises(JournalError, match="already in the archive"):
        archive.new_drill(about())

    assert archive.read("fraiseql-database-7") == tuple(sealed)


@pytest.mark.usefixtures("sealed")
def test_scores_stand_side_by_side(archive):
    """A re-score keeps the old result; the same score given twice is kept once."""
    first = canonical({"total": 71})
    given = {"rubric": "r1", "status": "provisional", "total_milli": 71_000, "card": first}
    second = {"rubric": "r1", "status": "reviewed", "total_milli": 74_500, "card": first}
    numbers = [
        archive.store_score("fraiseql-database-7", **each).number for each in (given, second, given)
    ]
    told = [(score.number, score.total_milli) for score in archive.scores("fraiseql-database-7")]

    assert numbers == [1, 2, 1]
    assert told == [(1, 71_000), (2, 74_500)]
    with pytest.raises(JournalError, match="canonical"):
        archive.store_score("fraiseql-database-7", **(given | {"card": '{ "total": 71 }'}))
    with pytest.raises(UnknownNameError):
        archive.store_score("another", **given)


def test_a_forgotten_name_leaves_no_byte_behind(archive, folder):
    """After forgetting, the name stands in no file of the archive."""
    archive.name_person("p-1", "Canary Kanarienvogel")
    named = any(b"Kanarienvogel" in path.read_bytes() for path in folder.glob("index*"))
    archive.forget_person("p-1")

    assert named
    assert archive.people() == {}
    assert not any(b"Kanarienvogel" in path.read_bytes() for path in folder.rglob("*.db*"))


def test_the_index_is_made_again_from_the_files(archive, sealed, folder):
    """Without its index, or with files put there by hand, the archive lists every drill."""
    before = archive.list()
    archive.close()
    (folder / "index.db").unlink()
    (folder / "drills" / "notes.db").write_text("not a drill at all, only a text")

    with Archive.at(str(folder), {}) as again:
        (sentence,) = again.reindex()

        assert again.list() == before
        assert "notes.db is not a drill" in sentence
        assert again.read("fraiseql-database-7") == tuple(sealed)


def test_who_only_reads_makes_nothing(tmp_path):
    """A folder, a file or a database that is not there is an empty archive, and stays so."""
    for asked in (tmp_path / "none", f"sqlite:///{tmp_path}/none.db"):
        with Archive.at(str(asked), {}, only_reading=True) as archive:
            assert (archive.list(), archive.verify(), archive.damaged()) == ((), (), {})
            with pytest.raises(UnknownNameError, match="no drill 'x' in"):
                archive.find("x")

    assert list(tmp_path.iterdir()) == []


def test_who_only_reads_a_server_makes_no_tables(tmp_path):
    """They are made by the first who writes."""
    url = make_url(f"sqlite:///{tmp_path}/server.db")
    (tmp_path / "server.db").touch()
    place = of_server(url, only_reading=True)
    empty = place.index.drills()
    place.index.close()
    untouched = (tmp_path / "server.db").read_bytes()
    of_server(url, only_reading=False).index.close()
    there = of_server(url, only_reading=True)

    assert (empty, untouched) == ((), b"")
    assert there.index.drills() == ()
    there.index.close()


@pytest.mark.usefixtures("sealed")
def test_a_reader_needs_no_index(archive, folder):
    """It makes one from the drills for itself."""
    before = archive.list()
    archive.close()
    (folder / "index.db").unlink()
    with Archive.at(str(folder), {}, only_reading=True) as again:
        told = again.list()

    assert told == before
    assert not (folder / "index.db").exists()


@pytest.mark.usefixtures("sealed")
def test_what_is_sound_of_a_damaged_drill_can_be_had(archive, folder):
    """The lines before the wrong one, with the verdict; the listing's question names the drill."""
    whole, verdict = archive.sound_part("fraiseql-database-7")
    quiet = archive.damaged()
    drill = folder / "drills" / "fraiseql-database-7.db"
    drill.chmod(0o600)
    drill.write_bytes(drill.read_bytes().replace(b"checked the pool 23", b"checked the till 23"))
    part, broken = archive.sound_part("fraiseql-database-7")

    assert (len(whole), verdict.intact, quiet) == (40, True, {})
    assert (part, broken.seq) == (whole[:23], 23)
    assert archive.damaged() == {"fraiseql-database-7": broken.found}


def test_a_drill_is_there_with_its_first_lines_or_not_at_all(archive, folder):
    """Lines that are no beginning leave no file; a beginning is taken up at its end."""
    with pytest.raises(JournalError, match="line 0 is missing"):
        archive.new_drill(about(), chain(4)[1:])
    nothing = list((folder / "drills").iterdir())
    archive.new_drill(about(), chain(4), wall_ms=WALL_MS).close()
    with archive.resume("fraiseql-database-7") as writer:
        writer.append(chain(6)[4:])

    assert nothing == []
    assert archive.read("fraiseql-database-7") == tuple(chain(6))
    with archive._shelf.record("fraiseql-database-7") as record:
        assert record.labels() == dict.fromkeys(range(4), (None, WALL_MS))


@pytest.mark.usefixtures("sealed")
def test_an_edited_line_is_named(archive, folder):
    """`verify` names the seq and `read` refuses the drill."""
    drill = folder / "drills" / "fraiseql-database-7.db"
    drill.chmod(0o600)
    with sqlite3.connect(drill) as raw:
        raw.execute("UPDATE lines SET body = replace(body, 'checked', 'broke') WHERE seq = 23")
    raw.close()
    (verdict,) = archive.verify()

    assert (verdict.intact, verdict.seq, verdict.lines) == (False, 23, 23)
    assert verdict.found == "line 23 (noted) was changed after it was written"
    with pytest.raises(JournalError, match="line 23"):
        archive.read("fraiseql-database-7")


@pytest.mark.usefixtures("sealed")
def test_an_index_that_says_otherwise_is_set_right(archive, folder):
    """The record is the drill's: verifying it makes the row of the listing again."""
    before = archive.list()
    with sqlite3.connect(folder / "index.db") as raw:
        raw.execute("UPDATE drills SET plan = 'code', ended = 'limit'")
    raw.close()
    lying = archive.list()
    (verdict,) = archive.verify()

    assert (lying[0].plan, verdict.intact) == ("code", True)
    assert archive.list() == before


@pytest.mark.usefixtures("sealed")
def test_a_lost_file_is_told(archive, folder):
    """The index remembers a drill whose file is gone."""
    (folder / "drills" / "fraiseql-database-7.db").unlink()
    (verdict,) = archive.verify()

    assert (verdict.intact, verdict.is_checked) == (False, True)
    assert "no longer" in verdict.found
    with pytest.raises(HostError, match=r"is no longer at .* put it back, or import"):
        archive.read("fraiseql-database-7")


def test_the_place_is_asked_for_then_looked_up(tmp_path, monkeypatch):
    """The option wins over GAMEDAY_ARCHIVE, which wins over the platform's folder."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "platform"))
    here = {"GAMEDAY_ARCHIVE": str(tmp_path / "named")}
    places = []
    for location, environment in ((str(tmp_path / "asked"), here), (None, here), (None, {})):
        with Archive.at(location, environment) as archive:
            places.append(Path(archive.where).relative_to(tmp_path).as_posix())

    assert places == ["asked", "named", "platform/gameday"]
    assert stat.S_IMODE((tmp_path / "asked").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "asked" / "index.db").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("postgresql+nodriver://me:geheim@db/gameday", "no driver"),
        ("oranges://me:geheim@db/gameday", "no driver for 'oranges'"),
        ("sqlite://", "in memory keeps nothing"),
        ("://", "not one"),
    ],
)
def test_a_url_without_a_driver_is_explained(url, sentence):
    """The scheme is named, the password never is."""
    with pytest.raises(HostError) as told:
        Archive.at(url, {})

    assert sentence in str(told.value)
    assert "geheim" not in str(told.value)


def test_one_database_keeps_the_same_drills(tmp_path):
    """By URL the same tables in one database: written, resumed, sealed, read, verified."""
    lines = chain(9)
    with Archive.at(f"sqlite:///{tmp_path}/all.db", {}) as archive:
        with archive.new_drill(about()) as writer:
            writer.append(lines[:5], op_ids={2: "op-2"})
        first, second = archive.resume("fraiseql"), archive.resume("fraiseql")
        first.append(lines[5:])
        with pytest.raises(JournalError, match="another host writes it"):
            second.append(lines[5:])
        first.seal("resolved")
        archive.store_score(
            "fraiseql-database-7", rubric="r", status="sealed", total_milli=1, card="{}"
        )

        assert archive.read("fraiseql-database-7") == tuple(lines)
        assert [verdict.intact for verdict in archive.verify()] == [True]
        assert archive.find("fraiseql").state == "sealed"
    assert stat.S_IMODE((tmp_path / "all.db").stat().st_mode) == 0o600


def test_a_foreign_index_is_refused(tmp_path, folder):
    """An index with objects of strangers, or a folder anyone may write, is not used."""
    Archive.at(str(folder), {}).close()
    shutil.copytree(folder, tmp_path / "copy")
    with sqlite3.connect(folder / "index.db") as raw:
        raw.execute("CREATE VIEW spy AS SELECT * FROM people")
    raw.close()
    (tmp_path / "copy").chmod(0o777)

    with pytest.raises(HostError, match="view spy"):
        Archive.at(str(folder), {})
    with pytest.raises(HostError, match="chmod o-w"):
        Archive.at(str(tmp_path / "copy"), {})
