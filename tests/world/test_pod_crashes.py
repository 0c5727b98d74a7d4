"""Containers that die, wait and are tried again; what that does to a service, and what heals it."""

from small_shop import SCENARIO, documents, look, staged, until

from simulator.journal.events.world import FaultCured, FaultInjected, PodChanged, StateSet
from simulator.shell.promql import evaluate

CRASHES = """      boot: {takes: 20s}
      crashes:
        bad-file: {while: fault.db-refuses > 0, dies_in: 5s..40s, at_boot: 2s, exit: 101}
"""
KILLED = """      boot: {takes: 20s}
      crashes:
        liveness: {while: api.saturation >= 100%, dies_in: 30s..60s, exit: 137}
"""
POISON = CRASHES.replace("exit: 101", "exit: 137, reason: OOMKilled")
WORDS = '  - {service: api, level: error, text: "panicked: value required", dying: bad-file}\n'


def shop(crashes=CRASHES, **names):
    """The shop whose api dies of this while its database refuses (from 60 s on)."""
    text = SCENARIO.replace("      boot: {takes: 20s}\n", crashes)
    for before, after in names.items():
        text = text.replace(before, after)
    return staged(text=text)


def lives(stage, pod, service="api"):
    """(second, phase, restarts) of each turn of one pod's life from second 1 on."""
    return [
        (e.at, e.what.phase, e.what.restarts)
        for e in stage.entries
        if e.at
        and isinstance(e.what, PodChanged)
        and (e.what.service, e.what.pod) == (service, pod)
    ]


def test_a_dead_container_is_tried_at_once_and_then_ever_later():
    """Two seconds of life at each try: at once, then after 10, 20, 40, 80, 160, 300 and 300 s."""
    stage = shop()
    until(stage, 1400)
    deaths = [at for at, phase, _ in lives(stage, 0) if phase == "backoff"]
    tries = [at for at, phase, _ in lives(stage, 0) if phase == "starting"]

    assert deaths == [at + 2 for at in tries]
    assert [after - died for died, after in zip(deaths, tries[1:], strict=False)] == [
        10, 20, 40, 80, 160, 300, 300, 300,
    ]  # fmt: skip


def test_no_container_dies_while_its_reason_does_not_hold():
    """The file is bad from 60 s on; before that nobody dies."""
    stage = shop()
    until(stage, 600)
    died = [e.what.died for e in stage.entries if isinstance(e.what, PodChanged) and e.what.died]

    assert min(died) > 60


def test_a_cure_heals_each_pod_at_its_own_next_try():
    """Cured while all wait: each comes up twenty seconds after the try it was waiting for."""
    stage = shop()
    until(stage, 300)
    waiting = {pod: lives(stage, pod)[-1] for pod in range(4)}
    stage.emit(FaultCured(fault="db-refuses"))
    until(stage, 700)
    for pod, (died, phase, restarts) in waiting.items():
        tried, up = lives(stage, pod)[-2:]

        assert (phase, tried[1:], up[1:]) == (
            "backoff", ("starting", restarts + 1), ("ready", restarts + 1),
        )  # fmt: skip
        assert (tried[0] - died, up[0] - tried[0]) == (160, 20)


def test_pods_deleted_after_the_cure_do_not_wait():
    """New pods have no back-off: all are Ready a boot later."""
    stage = shop()
    until(stage, 300)
    stage.emit(FaultCured(fault="db-refuses"))
    stage.emit(StateSet(name="api.restart", value="1 all"))
    until(stage, 321)

    assert (stage.state("api.ready"), stage.state("api.restarts")) == (4, 0)


def test_ten_minutes_of_running_are_forgiveness():
    """Cured and broken again long after: the next death is followed by a try at once."""
    stage = shop()
    until(stage, 300)
    stage.emit(FaultCured(fault="db-refuses"))
    until(stage, 1200)
    stage.emit(FaultInjected(fault="db-refuses", by="kim"))
    until(stage, 1300)
    later = [turn for turn in lives(stage, 0) if turn[0] > 1200]

    assert [phase for _, phase, _ in later][:2] == ["starting", "backoff"]
    assert later[1][0] - later[0][0] == 2
    assert later[2][0] - later[1][0] == 10


def test_kills_under_overload_cut_capacity_and_never_in_one_second():
    """Four pods' work on two: the rest is killed, comes back, is killed again; no second loops."""
    stage = shop(KILLED, **{"bends: [{on: db, errors: 40%}]": "bends: [{on: api, capacity: 0.3}]"})
    until(stage, 900)
    ready = [e.what.value for e in stage.entries
             if isinstance(e.what, StateSet) and e.what.name == "api.ready"]  # fmt: skip
    seconds = [e.at for e in stage.entries if e.at]

    assert min(ready) < 3
    assert stage.state("api.restarts") > 8
    assert max(seconds.count(second) for second in set(seconds)) < 60


def test_what_a_person_sees_of_a_crash_agrees():
    """Status, exit code, restarts, the last words, no metrics: one life behind all of it."""
    stage = shop(**{"logs:\n": f"logs:\n{WORDS}"})
    seen = look(stage, line="kubectl get pods -n prod -l app=shop-api", at=215).content
    pod = next(line.split()[0] for line in seen.splitlines() if "CrashLoopBackOff" in line)
    told = look(stage, line=f"kubectl -n prod describe pod {pod}", at=216).content
    words = look(stage, line=f"kubectl -n prod logs {pod} --previous --tail=20", at=217).content
    used = look(stage, line="kubectl -n prod top pods -l app=shop-api", at=218).content

    assert "Exit Code:    101" in told
    assert "Back-off restarting failed container api" in told
    assert words == "panicked: value required\n"
    assert used.startswith("error: Metrics not available for pod")


def test_no_previous_container_no_previous_log():
    """Of a pod that has never died the kubelet has no other log."""
    stage = shop()
    seen = look(stage, line="kubectl get pods -n prod -o name -l app=shop-api", at=30).content
    refused = look(stage, line=f"kubectl -n prod logs {seen.split()[0]} --previous", at=40)

    assert "previous terminated container" in refused.content


def test_a_container_killed_for_memory_says_so():
    """Last state OOMKilled, exit code 137, and an event of its node."""
    stage = shop(POISON)
    seen = look(stage, line="kubectl get pods -n prod -o name -l app=shop-api", at=215).content
    told = look(stage, line=f"kubectl -n prod describe {seen.split()[0]}", at=216).content
    events = look(stage, line="kubectl -n prod get events", at=217).content

    assert "OOMKilled" in told
    assert "Exit Code:    137" in told
    assert "OOMKilling" in events


def test_restarts_are_a_series_of_each_pod_and_a_row_of_all():
    """What the cluster's own metric adds up to is what the state table says."""
    stage = shop()
    until(stage, 340)
    held = documents(stage)
    found = evaluate("sum(kube_pod_container_status_restarts_total)", held, held.now)
    risen = evaluate(
        'increase(kube_pod_container_status_restarts_total{pod=~"shop-api.*"}[5m]) > 2',
        held, held.now,
    )  # fmt: skip

    assert found[0].value == stage.state("api.restarts") > 12
    assert len(risen) == 4


def test_the_same_whatever_the_ticks():
    """Advanced by seconds, sevens or ten minutes, pods live the same lives."""
    told = []
    for tick in (1, 7, 600):
        stage = shop()
        for second in range(tick, 1201, tick):
            stage.env.run(until=second)
        stage.env.run(until=1201)
        told.append([(e.at, e.what) for e in stage.entries])

    assert told[0] == told[1] == told[2]


def test_a_pod_that_is_not_ready_writes_no_request_lines():
    """Nobody asks it anything: within a minute of its leaving the traffic the log has none."""
    waits = "      boot: {takes: 20s, ready_while: api.errors < 30%, unready_in: 10s}\n"
    stage = shop(waits)
    busy = look(stage, line="logs 'service:api' --since 1m", at=55).content
    silent = look(stage, line="logs 'service:api' --since 1m", at=200).content

    assert "request" in busy
    assert stage.state("api.ready") == 0
    assert "request" not in silent
