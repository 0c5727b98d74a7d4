"""The documents tools read: projected from one truth, as late as their source, the same for all."""

import pytest
from small_shop import BEGINS, SCENARIO, documents, look, staged, until

from simulator.journal.events.world import StateSet
from simulator.shell.promql import evaluate

SETTLED = 60 + 700


def vector(documents, expression: str) -> dict[str, float]:
    """A query's values by their labels."""
    found = evaluate(expression, documents, documents.now)
    return {
        ",".join(f"{k}={v}" for k, v in sorted(one.labels.items()) if k != "__name__"): one.value
        for one in found
    }


SILENT = [1] * 15 + [0] * 9
"""Traffic by the hour: nobody comes from 15:00 on."""


def test_a_rate_over_steady_load_is_the_truth():
    """Ten minutes after the step, twelve of twenty requests a second are served."""
    stage = staged()
    until(stage, SETTLED)
    rates = vector(documents(stage), "rate(http_requests_total[5m])")
    true = stage.situation.world.signals["api"]

    assert rates["code=200,svc=api"] == pytest.approx(true["served"] / 60)
    assert rates["code=500,svc=api"] == pytest.approx((true["offered"] - true["served"]) / 60)


def test_a_normal_day_has_small_unrest_before_second_nought():
    """An hour ago the shop served about what it always does, and never quite the same."""
    stage = staged()
    until(stage, 30)
    shown = documents(stage)
    rates = [
        vector(shown, f"sum(rate(http_requests_total[5m] offset {minutes}m))")[""]
        for minutes in range(20, 80, 10)
    ]

    assert all(19 < rate < 21 for rate in rates)
    assert len({round(rate, 3) for rate in rates}) == len(rates)


def test_the_clouds_samples_come_minutes_late():
    """The newest point of a cloud metric is one to three minutes and a period old."""
    stage = staged()
    until(stage, 600)
    shown = documents(stage)
    (series,) = shown.series("aws_rds_free_storage_space_minimum", BEGINS, shown.now)
    age = shown.now - series.samples[-1][0]

    assert 60 <= age <= 240


def test_a_gauge_was_before_what_its_author_wrote():
    """Half a day before the drill the disk had half of what a day took from it."""
    stage = staged()
    until(stage, 300)
    found = vector(documents(stage), "aws_rds_free_storage_space_minimum offset 12h")

    assert found["db=db-a"] == pytest.approx(56.5, abs=0.8)


def test_a_probe_is_its_condition_at_the_scrape():
    """Fewer than half fail, so the health check stands."""
    up, down = staged(), staged(text=SCENARIO.replace("errors: 40%", "errors: 70%"))
    until(up, 200)
    until(down, 200)

    assert vector(documents(up), "probe_success") == {"job=health": 1.0}
    assert vector(documents(down), "probe_success") == {"job=health": 0.0}


def test_counts_of_pods_agree_in_every_view():
    """While pods come and go, list and deployment count alike; what is stopping is listed still."""
    stage = staged()
    until(stage, 100)
    stage.emit(StateSet(name="api.restart", value="1 rolling"))
    stage.emit(StateSet(name="api.restart", value="1 rolling"))
    until(stage, 106)
    shown = documents(stage)
    pods = [p for p in shown.rows("k8s/pods") if p["metadata"]["labels"]["app"] == "shop-api"]
    ready = sum(p["status"]["containerStatuses"][0]["ready"] for p in pods)
    stopping = sum("deletionTimestamp" in p["metadata"] for p in pods)
    (api, _) = shown.rows("k8s/deployments")

    assert (len(pods), ready, stopping) == (6, 3, 1)
    assert api["status"]["readyReplicas"] == ready


def test_a_restart_replaces_pods_and_keeps_the_worker_s():
    """Names stay for as long as their pods live."""
    stage = staged()
    until(stage, 90)
    before = {p["metadata"]["name"] for p in documents(stage).rows("k8s/pods")}
    stage.emit(StateSet(name="api.restart", value="1 rolling"))
    until(stage, 400)
    after = {p["metadata"]["name"] for p in documents(stage).rows("k8s/pods")}

    assert len(before) == len(after) == 6
    assert {name.rpartition("-")[0].rpartition("-")[0] for name in before & after} == {
        "shop-worker"
    }


def test_a_new_revision_stands_in_the_history_with_its_image():
    """What was rolled back is revision 43 with the old image, and its pods bear it."""
    stage = staged()
    until(stage, 90)
    stage.emit(StateSet(name="api.image", value="shop/api:2.13.4"))
    until(stage, 400)
    shown = documents(stage)
    sets = {
        r["metadata"]["annotations"]["deployment.kubernetes.io/revision"]: r["status"]["replicas"]
        for r in shown.rows("k8s/replicasets")
        if r["metadata"]["labels"]["app"] == "shop-api"
    }
    images = {
        p["spec"]["containers"][0]["image"]
        for p in shown.rows("k8s/pods")
        if p["metadata"]["labels"]["app"] == "shop-api"
    }

    assert (sets, images) == ({"41": 0, "42": 0, "43": 4}, {"shop/api:2.13.4"})


def test_what_nobody_wrote_is_the_same_whenever_it_is_asked():
    """An address and a certificate nobody stated are drawn from their own names."""
    stage = staged()
    until(stage, 100)
    early = documents(stage)
    asked = [list(early.rows(kind)) for kind in ("dns/api.shop.test", "tls/api.shop.test")]
    until(stage, 900)
    late = documents(stage)
    again = [list(late.rows(kind)) for kind in ("tls/api.shop.test", "dns/api.shop.test")]

    assert asked == again[::-1]
    assert asked[0][0]["value"].startswith("203.0.113.")


def test_alerts_are_a_series_of_the_store():
    """Who asks which alerts fire is told from the second they do."""
    stage = staged()
    found = look(stage, line="promql ALERTS", at=400)

    assert found.views == ("alerts",)
    assert found.content.startswith('ALERTS{alertname="errors"')
    assert found.facts == {"alerts": 1}


def test_a_metric_without_a_source_has_no_data():
    """While its condition does not hold nothing is sampled, and the graph has a gap."""
    text = SCENARIO.replace("reads: repl_lag}", "reads: repl_lag, when: not fault.db-refuses > 0}")
    stage = staged(text=text)
    until(stage, 300)
    shown = documents(stage)
    (series,) = shown.series("replica_lag_seconds", BEGINS, shown.now)

    assert [at - BEGINS < 60 for at, _ in series.samples] == [True] * 4


def test_a_series_of_whole_things_has_no_fractions():
    """The lag grows by half a second a second; as a count it steps."""
    text = SCENARIO.replace(
        "repl_lag: {start: 0.5, unit: s, flows: [{rate: 1/s",
        "repl_lag: {start: 0.5, unit: rows, whole: yes, flows: [{rate: 0.5/s",
    )
    stage = staged(text=text)
    until(stage, 200)
    (series,) = documents(stage).series("replica_lag_seconds", BEGINS - 300, BEGINS + 200)

    values = [value for _, value in series.samples]
    assert values == [round(value) for value in values]
    assert values[-1] > 50


def test_how_long_it_takes_has_no_data_where_nobody_asks():
    """No request, no time; the hours of the night are a gap in the graph."""
    text = SCENARIO.replace("      adds: 60ms\n", f"      adds: 60ms\n      shape: {SILENT}\n", 1)
    stage = staged(variant="other", text=text)
    until(stage, 4000)
    (series,) = documents(stage).series("http_p95_seconds", BEGINS, BEGINS + 4000)

    assert max(at for at, _ in series.samples) < BEGINS + 3600


def test_panels_leave_out_how_long_nothing_took():
    """Nobody has asked for five minutes: no p95, and no share of errors either."""
    text = SCENARIO.replace("      adds: 60ms\n", f"      adds: 60ms\n      shape: {SILENT}\n", 1)
    found = look(staged(variant="other", text=text), "panel", at=3600 + 400)

    assert sorted(found.facts) == ["saturation"]


def test_a_state_may_be_a_series_and_a_word_is_no_number():
    """`up` is 1 however many pods there are; a role has no sample; a cluster metric is implied."""
    text = SCENARIO.replace(
        "  metrics:\n",
        """  metrics:
    - {name: up, labels: {job: api}, reads: api.ready}
    - {name: role, reads: db.role}
    - {name: replicas_wanted, reads: api.replicas}
""",
    )
    stage = staged(text=text)
    until(stage, 60)
    held = documents(stage)

    def last(name):
        return [one.samples[-1][1] if one.samples else None
                for one in held.series(name, BEGINS, BEGINS + 60)]  # fmt: skip

    assert (last("up"), last("role"), last("replicas_wanted")) == ([1], [None], [4])
    assert last("kube_deployment_spec_replicas") == [4, 2]
    assert last("nothing_of_the_kind") == []
