"""Prove that the archive loses nothing it acknowledged and names every later change.

Kills: a child appends lines and says "acked" after each; it is killed -9 at a random moment, also
while it makes, resumes or puts down the drill. Whoever comes next resumes the drill, asks again
for the order that was never acknowledged, and goes on. Then every order stands there once.
Changes: a sealed drill is spoilt by a flipped byte, an edited row or a cut tail; `verify` must
name the line, or the file where no line is touched.

    python benchmarks/prove_archive.py --kills 500 --changes 1000 --seed 7
"""

import argparse
import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from simulator.archive.archive import Archive
from simulator.archive.drill_writer import DrillWriter
from simulator.archive.schema import DrillSummary
from simulator.errors import UnknownNameError
from simulator.journal.record import GENESIS, Line, canonical, chained

LONGEST_LIFE_S = 0.5
"""A child is killed between 0 and this many seconds after its birth."""
LIVES_PER_DRILL = 25
SAYING = ("kind", "body", "by", "at", "cause", "prev", "hash")


@dataclass
class Tally:
    """What the killing came to."""

    kills: int = 0
    acked: int = 0
    lost: int = 0
    doubled: int = 0
    asked_again: int = 0
    broken: int = 0


Life = Callable[[Path, str, int, int], None]
"""What a child does: in this folder, with this drill, from this order on, saying so here."""


def about(drill_id: str) -> DrillSummary:
    """A drill to be spoilt."""
    return DrillSummary(
        drill_id=drill_id,
        scenario="proof",
        plan="proof",
        mode="standard",
        seed=7,
        began="",
        engine="proof",
    )


def order(number: int, after: Line | None) -> Line:
    """The line that records the order of this number, in a body of changing size."""
    size = random.Random(number).choice((10, 200, 4000))
    return chained(
        seq=0 if after is None else after.seq + 1,
        at=number,
        by="alice",
        cause=-1,
        kind="noted",
        body=canonical({"order": number, "text": "x" * size}),
        prev=GENESIS if after is None else after.hash,
    )


def live(folder: Path, drill_id: str, first: int, acks: int) -> None:
    """A host's life: say every order from the first unacknowledged one, until killed."""
    with Archive.at(str(folder), {}) as archive:
        number = first
        while True:
            with _host(archive, drill_id) as writer:
                known = writer.lines() if writer.about.lines else ()
                last = known[-1] if known else None
                for _ in range(40):
                    if writer.recorded("alice", f"order-{number}") is None:
                        last = order(number, last)
                        writer.append([last], op_ids={last.seq: f"order-{number}"})
                    else:
                        os.write(acks, b"again\n")
                    os.write(acks, f"{number}\n".encode())
                    number += 1


def end(folder: Path, drill_id: str, _first: int, acks: int) -> None:
    """A host's last act, from which it may be killed at any moment."""
    with Archive.at(str(folder), {}) as archive:
        archive.resume(drill_id).seal("proof")
    os.write(acks, b"again\n")
    time.sleep(60)


def _host(archive: Archive, drill_id: str) -> DrillWriter:
    try:
        return archive.resume(drill_id)
    except UnknownNameError:
        return archive.new_drill(about(drill_id))


def kill_one(
    folder: Path, drill_id: str, first: int, luck: random.Random, life: Life = live
) -> tuple[int, int]:
    """One life and its end: the first order not acknowledged, and how often one was asked again."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            life(folder, drill_id, first, writing)
        except BaseException as error:  # noqa: BLE001 - the child must never run its parent's code
            os.write(2, f"the child failed by itself: {error!r}\n".encode())
        os._exit(1)
    os.close(writing)
    time.sleep(luck.uniform(0, LONGEST_LIFE_S))
    os.kill(child, signal.SIGKILL)
    said = b""
    while part := os.read(reading, 65536):
        said += part
    os.close(reading)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status):
        raise SystemExit("a child ended before it was killed: the proof is void")
    words = said.decode().split()
    numbers = [int(word) for word in words if word != "again"]
    return (numbers[-1] + 1 if numbers else first), words.count("again")


def prove_kills(folder: Path, kills: int, luck: random.Random) -> Tally:
    """Kill, resume and count; every acknowledged order must stand there exactly once."""
    tally = Tally()
    while tally.kills < kills:
        drill_id = f"proof-{tally.kills}"
        first = 0
        for _ in range(min(LIVES_PER_DRILL, kills - tally.kills)):
            first, again = kill_one(folder, drill_id, first, luck)
            tally.kills += 1
            tally.asked_again += again
        if first:
            kill_one(folder, drill_id, first, luck, life=end)
            tally.kills += 1
        _count(folder, drill_id, first, tally)
    return tally


def _count(folder: Path, drill_id: str, first: int, tally: Tally) -> None:
    with Archive.at(str(folder), {}) as archive:
        if first and archive.find(drill_id).state != "sealed":
            archive.resume(drill_id).seal("proof")
        found = [line.at for line in archive.read(drill_id)] if first else []
        tally.acked += first
        tally.lost += len(set(range(first)) - set(found))
        tally.doubled += len(found) - len(set(found))
        tally.broken += found != sorted(found)
        tally.broken += not all(verdict.intact for verdict in archive.verify())


def prove_changes(folder: Path, changes: int, luck: random.Random) -> dict[str, tuple[int, int]]:
    """By kind of change: how many were made, and how many were named rightly."""
    with Archive.at(str(folder), {}) as archive:
        writer = archive.new_drill(about("spoilt"))
        lines: list[Line] = []
        for number in range(120):
            lines.append(order(number, lines[-1] if lines else None))
        writer.append(lines, op_ids={line.seq: f"order-{line.seq}" for line in lines})
        writer.seal("proof")
        drill = folder / "drills" / "spoilt.db"
        whole = drill.read_bytes()
        tally: dict[str, tuple[int, int]] = {}
        for number in range(changes):
            kind, spoil = KINDS[number % len(KINDS)]
            drill.chmod(0o600)
            drill.write_bytes(whole)
            seq = spoil(drill, luck, len(lines))
            (verdict,) = archive.verify("spoilt")
            right = not verdict.intact and bool(verdict.found) and seq in (None, verdict.seq)
            made, named = tally.get(kind, (0, 0))
            tally[kind] = (made + 1, named + right)
            if not right:
                print(f"  {kind}: line {seq} was changed, verdict {verdict}", file=sys.stderr)
        return tally


def flip(drill: Path, luck: random.Random, _count: int) -> None:
    """One bit anywhere in the file, used by a line or not."""
    content = bytearray(drill.read_bytes())
    content[luck.randrange(len(content))] ^= 1 << luck.randrange(8)
    drill.write_bytes(content)


def edit(drill: Path, luck: random.Random, count: int) -> int:
    """One field of one line, changed as a careful forger would."""
    seq, field = luck.randrange(count), luck.choice(SAYING)
    with sqlite3.connect(drill) as raw:
        value = f"{field} + 1" if field in ("at", "cause") else f"{field} || ' '"
        raw.execute(f"UPDATE lines SET {field} = {value} WHERE seq = ?", (seq,))
    raw.close()
    return seq


def cut_rows(drill: Path, luck: random.Random, count: int) -> int:
    """The last lines, deleted."""
    seq = luck.randrange(count)
    with sqlite3.connect(drill) as raw:
        raw.execute("DELETE FROM lines WHERE seq >= ?", (seq,))
    raw.close()
    return seq


def cut_and_cover(drill: Path, luck: random.Random, count: int) -> None:
    """The last lines, deleted, and the drill's own row made to agree."""
    seq = luck.randrange(1, count)
    with sqlite3.connect(drill) as raw:
        raw.execute("DELETE FROM lines WHERE seq >= ?", (seq,))
        raw.execute(
            "UPDATE drills SET lines = ?, head = (SELECT hash FROM lines WHERE seq = ?)",
            (seq, seq - 1),
        )
    raw.close()


def cut_file(drill: Path, luck: random.Random, _count: int) -> None:
    """The end of the file, cut off."""
    os.truncate(drill, luck.randrange(drill.stat().st_size))


KINDS = (
    ("bit flipped", flip),
    ("row edited", edit),
    ("bit flipped", flip),
    ("tail deleted", cut_rows),
    ("tail deleted, row made to agree", cut_and_cover),
    ("file cut", cut_file),
)


def main() -> int:
    """Run both proofs and say what was found; 1 where a promise broke."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--changes", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    luck = random.Random(asked.seed)
    folder = Path(tempfile.mkdtemp(prefix="prove-archive-"))
    try:
        began = time.monotonic()
        tally = prove_kills(folder / "kills", asked.kills, luck) if asked.kills else Tally()
        print(f"{tally} in {time.monotonic() - began:.0f} s")
        began = time.monotonic()
        changes = prove_changes(folder / "changes", asked.changes, luck)
        for kind, (made, named) in changes.items():
            print(f"{kind}: {named} of {made} named")
        print(f"in {time.monotonic() - began:.0f} s")
    finally:
        shutil.rmtree(folder)
    whole = not (tally.lost or tally.doubled or tally.broken)
    return 0 if whole and all(made == named for made, named in changes.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
