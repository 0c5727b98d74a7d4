"""What the documents show in the rarer states: just restarted, silent, unwritten, long ago."""

import pytest
from shop import play, shop
from small_shop import BEGINS, SCENARIO, documents, staged, until

from simulator.brief.conditions import Comparison, Name
from simulator.journal.events.world import StateSet
from simulator.shell.promql import evaluate
from simulator.world.history import in_natural_units
from simulator.world.telemetry.node_objects import _scaled
from simulator.world.texts import Values, fill, fill_row
from simulator.world.watch import crossing

SIGNALS = {
    "errors": 400_000, "p95": 310, "offered": 1200, "served": 720, "ready": 4,
}  # fmt: skip


@pytest.mark.parametrize(
    ("item", "found"),
    [("errors", 0.4), ("p95", 0.31), ("offered", 20.0), ("failed", 8.0), ("ready", 4.0),
     ("colour", None)],
)  # fmt: skip
def test_a_signal_is_compared_in_natural_units(item, found):
    """Shares from 0 to 1, seconds, per second, replicas; nothing of a name nobody measures."""
    assert in_natural_units(SIGNALS, item) == found


def test_a_text_may_say_epochs_and_survives_an_offset_nobody_reads():
    """A moment in seconds; an offset that is no duration moves nothing; a set becomes a list."""
    values = Values(look=lambda _: ("api", "db"), at=60, begins=BEGINS)
    lost = Values(look=lambda _: None, at=60, begins=BEGINS)

    assert fill("at ${epoch}, ${clock:-soon}", lost) == f"at {BEGINS + 60}, 14:01:00"
    assert fill_row("${service_down}", values) == ["api", "db"]


def test_two_names_compared_cross_when_something_is_told():
    """Neither the clock nor a gauge's slope can tell when one name passes another."""
    stage = staged()
    until(stage, 10)
    names = Comparison(name=Name(text="repl_lag"), operator=">", value=Name(text="disk_free"))

    assert crossing(stage, names) is None


def test_a_pod_just_born_is_being_created_and_unknown_to_the_metrics_server():
    """Two seconds after a restart took the youngest, its successor has no address of use yet."""
    stage = staged()
    until(stage, 90)
    stage.emit(StateSet(name="api.restart", value="1 one"))
    until(stage, 92)
    shown = documents(stage)
    waiting = [
        status["state"]["waiting"]["reason"]
        for pod in shown.rows("k8s/pods")
        for status in pod["status"]["containerStatuses"]
        if "waiting" in status["state"]
    ]
    events = [row["reason"] for row in shown.rows("k8s/events")]

    assert waiting == ["ContainerCreating"]
    assert len(shown.rows("k8s/podmetrics")) == len(shown.rows("k8s/pods")) - 1
    assert "Unhealthy" not in events


def test_restarting_one_pod_replaces_the_one_that_lacks():
    """Three of four are Ready, so the last slot's pod is the one to go; the others stay."""
    stage = staged()
    until(stage, 90)
    stage.emit(StateSet(name="api.ready", value=3))
    until(stage, 95)
    before = [row["metadata"]["name"] for row in documents(stage).rows("k8s/pods")]
    stage.emit(StateSet(name="api.restart", value="1 one"))
    until(stage, 300)
    after = [row["metadata"]["name"] for row in documents(stage).rows("k8s/pods")]

    assert len(set(before) - set(after)) == 1


def test_scalings_older_than_an_hour_are_forgotten():
    """The cluster keeps its events for an hour."""
    stage = staged()
    until(stage, 90)
    stage.emit(StateSet(name="worker.replicas", value=3))
    until(stage, 200)
    seen = [row["reason"] for row in documents(stage).rows("k8s/events")]
    until(stage, 4000)
    later = [row["reason"] for row in documents(stage).rows("k8s/events")]

    assert (seen.count("ScalingReplicaSet"), later.count("ScalingReplicaSet")) == (1, 0)


def test_an_author_s_object_of_a_new_name_stands_beside_the_cluster_s_own():
    """A pod of somebody else's is listed with the shop's."""
    row = "  - {kind: k8s/pods, row: {metadata: {name: cron-1, namespace: ops}}}\nlogs:\n"
    stage = staged(text=SCENARIO.replace("logs:\n", row, 1))
    until(stage, 10)
    names = [row["metadata"]["name"] for row in documents(stage).rows("k8s/pods")]

    assert (len(names), names[-1]) == (7, "cron-1")


@pytest.mark.parametrize(
    ("errors", "capacity", "ends"),
    [("0%", "1", "ok"), ("100%", "1", "refused"), ("0%", "0, silent: yes", "timeout")],
)
def test_a_connection_ends_as_the_service_behind_it_stands(errors, capacity, ends):
    """Open while it answers, refused while it refuses, nothing at all while it is silent."""
    row = "  - {kind: net/laptop/api:443, row: {service: api}}\nlogs:\n"
    bent = f"bends: [{{on: api, errors: {errors}, capacity: {capacity}}}]"
    text = SCENARIO.replace("logs:\n", row, 1).replace("bends: [{on: db, errors: 40%}]", bent)
    stage = staged(text=text)
    until(stage, 120)
    (found,) = documents(stage).rows("net/laptop/api:443")

    assert found["ends"] == ends


def test_a_connection_to_a_service_without_a_pod_is_refused():
    """Nobody listens."""
    row = "  - {kind: net/laptop/api:443, row: {service: api}}\nlogs:\n"
    stage = staged(text=SCENARIO.replace("logs:\n", row, 1))
    until(stage, 30)
    stage.emit(StateSet(name="api.ready", value=0))
    until(stage, 40)
    (found,) = documents(stage).rows("net/laptop/api:443")

    assert found["ends"] == "refused"


def test_a_page_of_nobody_s_service_is_what_its_author_wrote():
    """A vendor's page has a status of its own."""
    row = "  - {kind: http/status.vendor.test, row: {path: /, status: 200, body: fine}}\nlogs:\n"
    stage = staged(text=SCENARIO.replace("logs:\n", row, 1))

    assert documents(stage).rows("http/status.vendor.test")[0]["body"] == "fine"


def test_no_line_of_the_future_has_arrived():
    """A window that begins later than now is empty."""
    stage = staged()
    until(stage, 100)

    assert list(documents(stage).logs(BEGINS + 200, BEGINS + 300)) == []


def test_a_line_that_arrives_at_once_is_written_by_whoever_is_there_by_then():
    """Logs without a lag: of a second in which pods go, more may become true."""
    text = SCENARIO.replace("  logs_per_s: 40\n", "  logs_per_s: 40\n  clock: {log_lag: 0s..0s}\n")
    stage = staged(text=text)
    until(stage, 120)
    stage.emit(StateSet(name="api.restart", value="1 all"))
    stage.env.run(until=120.7)
    first = list(documents(stage).logs(BEGINS + 60, BEGINS + 120))
    until(stage, 160)
    second = list(documents(stage).logs(BEGINS + 60, BEGINS + 119))

    assert second == [line for line in first if line.at_ms < (BEGINS + 120) * 1000]


def test_an_author_s_lines_are_written_by_the_pods_of_their_own_seconds():
    """In the minute of a restart some lines are the old pods', some the new ones'."""
    stage = staged()
    until(stage, 125)
    stage.emit(StateSet(name="api.restart", value="1 all"))
    until(stage, 400)
    lines = documents(stage).logs(BEGINS + 120, BEGINS + 180)
    writers = {o.fields["pod"] for o in lines if o.text.startswith("query failed")}

    assert len(writers) > 4


def test_a_share_of_a_metric_varies_before_the_drill_though_no_day_was_shaped():
    """A service without hours has the same traffic all day, but for a little unrest."""
    metric = "    - {name: http_rate, labels: {svc: api}, reads: api.offered}\n"
    text = SCENARIO.replace("  metrics:\n", f"  metrics:\n{metric}")
    stage = staged(text=text)
    until(stage, 10)
    shown = documents(stage)
    ago = [sample.value for sample in evaluate("http_rate offset 2h", shown, shown.now)]

    assert ago == pytest.approx([20], rel=0.05)


def test_a_metric_of_something_nobody_knows_has_no_series():
    """Nothing is measured, so nothing is drawn."""
    metric = "    - {name: nothing, reads: api.colour}\n"
    stage = staged(text=SCENARIO.replace("  metrics:\n", f"  metrics:\n{metric}"))
    until(stage, 10)

    assert list(documents(stage).series("nothing", BEGINS - 600, BEGINS)) == []


@pytest.mark.parametrize(
    ("quantity", "found"), [("410Mi", "205Mi"), ("2", "1000m"), ("plenty", "plenty")]
)
def test_usage_is_a_share_of_what_its_author_wrote(quantity, found):
    """In the unit written, in thousandths where there is none, as it stands if no number."""
    assert _scaled(quantity, 0.5) == found


def test_lines_that_wait_to_last_begin_late_and_end_at_once():
    """`for 30s` holds from its thirtieth second; `not (... for 30s)` until then."""
    logs = (
        "  - {service: api, level: info, text: lasted, per_min: 60, when: mode == odd for 30s}\n"
        "  - {service: api, level: info, text: not yet, per_min: 60,"
        " when: not (mode == odd for 30s)}\nactions:\n"
    )
    stage = staged(text=SCENARIO.replace("actions:\n", logs, 1))
    until(stage, 100)
    stage.emit(StateSet(name="mode", value="odd"))
    until(stage, 200)
    stage.emit(StateSet(name="mode", value="normal"))
    until(stage, 400)
    lines = documents(stage).logs(BEGINS, BEGINS + 300)
    said = {
        text: [line.at_ms // 1000 - BEGINS for line in lines if line.text == text]
        for text in ("lasted", "not yet")
    }

    assert 130 <= min(said["lasted"]) <= max(said["lasted"]) <= 200
    assert not [at for at in said["not yet"] if 131 <= at < 200]


def test_a_system_off_any_cluster_has_no_objects_of_one():
    """No workload, so neither nodes nor namespaces, nor usage of either."""
    shown = documents(play(shop(), 60))

    assert [len(shown.rows(f"k8s/{kind}")) for kind in ("nodes", "namespaces", "nodemetrics")] == [
        0, 0, 0,
    ]  # fmt: skip


def test_a_line_far_apart_leaves_most_minutes_empty():
    """One in ten minutes."""
    log = "  - {service: worker, level: info, text: rare, per_min: 0.1}\nactions:\n"
    stage = staged(text=SCENARIO.replace("actions:\n", log, 1))
    until(stage, 100)
    lines = documents(stage).logs(BEGINS - 3000, BEGINS + 60)

    assert 1 <= sum(line.text == "rare" for line in lines) <= 15


def test_a_probe_that_must_last_is_down_only_once_it_has():
    """Half a minute without an answer before the prober says so."""
    text = SCENARIO.replace("{up: api.errors < 50%}", "{up: not (mode == broken for 30s)}")
    stage = staged(text=text)
    until(stage, 90)
    stage.emit(StateSet(name="mode", value="broken"))
    until(stage, 300)
    (series,) = documents(stage).series("probe_success", BEGINS - 60, BEGINS + 300)
    down = [at - BEGINS for at, value in series.samples if not value]

    assert 120 <= min(down) <= 135
    assert max(down) > 280
