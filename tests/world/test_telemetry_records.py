"""What an author writes for tools to read: log lines at their pace, rows while they hold."""

import json
from itertools import pairwise

import pytest
from small_shop import BEGINS, SCENARIO, documents, look, staged, until

from simulator.world.texts import iso


def test_log_lines_stay_what_they_were():
    """A window read twice, the second time much later, holds the same lines."""
    stage = staged()
    until(stage, 300)
    first = documents(stage).logs(BEGINS + 100, BEGINS + 200)
    until(stage, 900)
    second = documents(stage).logs(BEGINS + 100, BEGINS + 200)

    assert first == second
    assert len(first) > 100


def test_as_many_lines_say_failed_as_requests_failed():
    """Two in five requests fail, so two in five ordinary lines of the api say so."""
    stage = staged()
    until(stage, 1500)
    lines = documents(stage).logs(BEGINS + 60, BEGINS + 1400)
    own = [o.text for o in lines if o.fields["service"] == "api" and o.text.startswith("request")]
    failed = sum(text.startswith("request failed") for text in own)

    assert failed / len(own) == pytest.approx(0.4, abs=0.05)


def test_the_author_s_lines_come_at_their_pace_while_they_hold():
    """Thirty a minute from the fault on, and none before."""
    stage = staged()
    until(stage, 700)
    lines = documents(stage).logs(BEGINS - 300, BEGINS + 659)
    said = [line.at_ms // 1000 - BEGINS for line in lines if line.text.startswith("query failed")]

    assert min(said) >= 60
    assert len(said) == 300
    assert {line.text for line in lines if line.text.startswith("query")} == {
        "query failed: primary refused"
    }


def test_steady_lines_go_by_even_steps_and_number_what_they_tell():
    """A file every fifteen seconds, numbered one after another, also before the drill began."""
    gauge = "    files: {start: 40, flows: [{rate: 4/min}], before: [{ago: 10m, is: 0}]}\n"
    line = "  - {service: db, text: 'took ${hex8:files}', per_min: 4, steady: yes}\n"
    text = SCENARIO.replace("  gauges:\n", f"  gauges:\n{gauge}").replace(
        "logs:\n", f"logs:\n{line}"
    )
    stage = staged(text=text)
    until(stage, 300)
    found = documents(stage).logs(BEGINS - 240, BEGINS + 239)
    took = [(one.at_ms, one.text) for one in found if one.text.startswith("took")]
    numbers = [int(said.removeprefix("took "), 16) for _, said in took]

    assert {later[0] - sooner[0] for sooner, later in pairwise(took)} == {15_000}
    assert numbers == list(range(numbers[0], numbers[0] + 32))
    assert took[0][1] in ("took 00000018", "took 00000019")


def test_a_steady_pace_of_nothing_writes_nothing():
    """Its author may leave the line in and set its pace to nought."""
    line = "  - {service: db, text: took a file, per_min: 0, steady: yes}\n"
    stage = staged(text=SCENARIO.replace("logs:\n", f"logs:\n{line}"))
    until(stage, 300)
    lines = documents(stage).logs(BEGINS - 240, BEGINS + 239)

    assert [one for one in lines if one.text == "took a file"] == []


def test_a_burst_comes_once_when_its_condition_begins():
    """Three lines within two seconds of the fault."""
    stage = staged()
    until(stage, 700)
    lines = documents(stage).logs(BEGINS - 300, BEGINS + 600)
    said = [line.at_ms - 1000 * (BEGINS + 60) for line in lines if line.text == "connection lost"]

    assert len(said) == 3
    assert all(0 <= ms <= 2000 for ms in said)


def test_lines_arrive_seconds_after_they_are_written():
    """The newest line is as old as shipping takes."""
    stage = staged()
    until(stage, 300)
    shown = documents(stage)
    newest = shown.logs(BEGINS, shown.now)[-1].at_ms / 1000

    assert 4 <= shown.now - newest <= 25


def test_a_record_is_there_from_when_it_first_held_and_its_source_has_told():
    """The slot appears five to twenty seconds after the fault, and stays."""
    stage = staged()
    kind = "sql/db.shop.internal/pg_replication_slots"
    seen = []
    for second in (62, 81, 500):
        until(stage, second)
        seen.append(len(documents(stage).rows(kind)))

    assert seen == [0, 1, 1]


def test_a_record_s_count_and_moments_are_filled():
    """Five rows, each half a minute older than the one before."""
    stage = staged()
    until(stage, 300)
    rows = documents(stage).rows("host/ingest-1/shop-ingest")

    assert [(row["at"] - BEGINS, row["text"]) for row in rows] == [
        (300 - 30 * n, f"committed {n} rows") for n in range(5)
    ]


def test_a_template_may_count_back_by_a_gauge():
    """The replica's last commit is as old as its lag says."""
    row = "  - {kind: sql/db-b/functions, row: {last: '${time:-repl_lag}', lag: '${repl_lag}'}}\n"
    stage = staged(text=SCENARIO.replace("records:\n", f"records:\n{row}"))
    until(stage, 120)

    assert list(documents(stage).rows("sql/db-b/functions")) == [
        {"last": iso(BEGINS + 120 - 60.5), "lag": 60.5}
    ]


def test_an_author_s_row_adds_to_the_object_of_its_name():
    """A note on a node stands beside what the cluster says of it."""
    row = "  - {kind: k8s/nodes, row: {metadata: {name: node-2, labels: {disk: slow}}}}\n"
    more = "  - {kind: k8s/nodes, row: {metadata: {name: node-1}}}\n"
    stage = staged(text=SCENARIO.replace("records:\n", f"records:\n{row}{more}"))

    found = look(stage, line="kubectl get node node-2 -o json", at=100)
    node = json.loads(found.content)

    assert node["metadata"]["labels"] == {"kubernetes.io/hostname": "node-2", "disk": "slow"}
    assert len(documents(stage).rows("k8s/nodes")) == 2


def test_conditions_with_a_wait_are_kept_time_of():
    """A line that begins once errors have lasted a minute begins then, not before."""
    text = SCENARIO.replace(
        'text: "query failed: ${db.role} refused", per_min: 30, when: fault.db-refuses > 0',
        'text: "still failing", per_min: 60, when: api.errors > 5% for 60s',
    )
    stage = staged(text=text)
    until(stage, 400)
    lines = documents(stage).logs(BEGINS, BEGINS + 380)
    said = [line.at_ms // 1000 - BEGINS for line in lines if line.text == "still failing"]

    assert 120 <= min(said) <= 125
    assert 250 <= len(said) <= 270


def test_a_row_may_ask_what_people_and_faults_had_done_by_then():
    """A record half an hour late tells of what was true at its own second."""
    asked = "now=${now} ${fault.db-refuses} ${cured.db-refuses} ${errors} ${done.restart-api} "
    text = SCENARIO.replace(
        "records:\n",
        f'records:\n  - {{kind: git/late, row: {{at: "${{begins:-1h}}", subject: "{asked}'
        '${elapsed} ${debt.none} ${impact}"}, lag: audit}\n',
    )
    stage = staged(text=text)
    until(stage, 2000)
    (row,) = documents(stage).rows("git/late")

    words = row["subject"].split()
    assert 1100 <= int(words[0].removeprefix("now=")) <= 1700
    assert words[1:] == ["1", "no", "40.1", "%", "no", "n/a", "no", "yes"]


def test_rows_may_be_plain_text_and_their_times_in_any_form():
    """A word is a row of its own; a duration is a number of seconds; what is neither is nought."""
    text = SCENARIO.replace(
        "records:\n",
        """records:
  - {kind: tool/say, row: plain words}
  - {kind: net/laptop/a:1, row: {ends: ok, seconds: 2m}}
  - {kind: net/laptop/b:1, row: {ends: ok, seconds: soon}}
  - {kind: git/odd, row: {at: yesterday, subject: odd}}
""",
    )
    stage = staged(text=text)
    until(stage, 10)
    held = documents(stage)

    assert held.rows("tool/say") == ({"text": "plain words"},)
    assert [held.rows(f"net/laptop/{host}:1")[0]["seconds"] for host in "ab"] == [120, 0]
    assert held.rows("git/odd")[0]["at"] == "yesterday"
