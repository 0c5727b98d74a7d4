"""The cluster tells the same truth in its own words: events, autoscalers, owners, groups."""

from small_shop import BEGINS, SCENARIO, documents, look, staged, until

from simulator.journal.events.world import StateSet

OWNED = """      owner:
        {kind: gitops, reconciles_every: 60s, fields: [api.image], paused_by: sync.paused}
      adds: 60ms
"""
SCALED = """      owner: {kind: hpa, reconciles_every: 30s, minimum: 2, maximum: 6, target: 50%}
      adds: 60ms
"""
GROUPED = """      groups:
        old: {replicas: 3, version: 2.13.4}
        new: {replicas: 1, version: 2.14.0, zone: b}
      adds: 60ms
"""


def shop(more="", **names):
    """The shop, quiet, with this in the api's description."""
    text = SCENARIO.replace("      adds: 60ms\n", more, 1) if more else SCENARIO
    for before, after in names.items():
        text = text.replace(before, after)
    return staged(variant="other", text=text)


def setting(stage, at, **rows):
    """Somebody changes rows of the state table by hand at a second."""
    stage.env.run(until=at)
    for name, value in rows.items():
        stage.emit(StateSet(name=name, value=value))
    until(stage, at)


def rows(stage, name):
    """(second, value) of a row at each change."""
    return [(e.at, e.what.value) for e in stage.entries
            if isinstance(e.what, StateSet) and e.what.name == name]  # fmt: skip


def test_git_undoes_what_a_hand_has_changed():
    """At its next reconcile, within a minute, and in sight."""
    stage = shop(OWNED)
    setting(stage, 100, **{"api.image": "shop/api:mine"})
    until(stage, 170)

    assert [value for _, value in rows(stage, "api.image")] == [
        "shop/api:2.14.0", "shop/api:mine", "shop/api:2.14.0",
    ]  # fmt: skip
    assert len(rows(stage, "api.reconciled_at")) == 1


def test_git_paused_leaves_a_change_until_it_is_resumed():
    """A pause is a debt: the change is undone when it ends."""
    stage = shop(OWNED)
    setting(stage, 50, **{"sync.paused": "yes"})
    setting(stage, 100, **{"api.image": "shop/api:mine"})
    until(stage, 499)
    kept = stage.state("api.image")
    setting(stage, 500, **{"sync.paused": "no"})
    until(stage, 600)

    assert (kept, stage.state("api.image")) == ("shop/api:mine", "shop/api:2.14.0")


def test_git_brings_what_was_merged():
    """What stands in git is what is wanted from then on."""
    stage = shop(OWNED)
    setting(stage, 100, **{"git.api.image": "shop/api:2.14.1", "api.image": "shop/api:mine"})
    until(stage, 200)

    assert stage.state("api.image") == "shop/api:2.14.1"


def test_git_rolls_out_what_was_merged_though_nobody_touched_the_pods():
    """A merge alone is reason enough: a new revision, in waves, at the next reconcile."""
    stage = shop(OWNED)
    setting(stage, 100, **{"git.api.image": "shop/api:2.15.0"})
    until(stage, 300)

    assert (stage.state("api.image"), stage.state("api.revision")) == ("shop/api:2.15.0", 43)
    assert stage.state("api.rollout") == "complete"


def test_git_without_self_heal_leaves_a_hand_change_until_the_next_merge():
    """The rollback by hand stands; the next commit overwrites it."""
    stage = shop(OWNED.replace("reconciles_every", "heals: no, reconciles_every"))
    setting(stage, 100, **{"api.image": "shop/api:2.13.4"})
    until(stage, 399)
    kept = stage.state("api.image")
    setting(stage, 400, **{"git.api.image": "shop/api:2.14.1"})
    until(stage, 600)

    assert (kept, stage.state("api.image")) == ("shop/api:2.13.4", "shop/api:2.14.1")


def test_a_job_puts_back_a_row_that_belongs_to_no_service():
    """What git says of a file stands again within a minute, whoever patched it."""
    owned = OWNED.replace("fields: [api.image]", "fields: [limits.bulk]")
    stage = shop(owned, **{"mode: normal": "mode: normal, limits.bulk: empty"})
    setting(stage, 50, **{"git.limits.bulk": "empty"})
    setting(stage, 100, **{"limits.bulk": "5000"})
    until(stage, 170)

    assert [value for _, value in rows(stage, "limits.bulk")] == ["empty", "5000", "empty"]


def test_an_autoscaler_adds_pods_under_load_and_keeps_to_its_bounds():
    """Half the pods out of the traffic: six, its maximum; let in again, that is too many."""
    stage = shop(SCALED)
    setting(stage, 100, **{"api.ready": 2})
    setting(stage, 300, **{"api.ready": 6})
    until(stage, 499)

    assert [value for _, value in rows(stage, "api.replicas")] == [4, 6, 5, 4]
    assert "shop-api   Deployment/shop-api" in look(stage, line="kubectl get hpa", at=500).content


def test_an_autoscaler_leaves_what_is_near_its_target_alone():
    """45 % is within a tenth of 50 %."""
    stage = shop(SCALED.replace("50%", "42%"))
    setting(stage, 100, **{"api.ready": 4, "worker.ready": 1})
    until(stage, 400)

    assert [value for _, value in rows(stage, "api.replicas")] == [4]


def test_an_autoscaler_paused_does_nothing():
    """As long as its author's row says so."""
    stage = shop(SCALED.replace("target: 50%", "target: 50%, paused_by: hpa.paused"))
    setting(stage, 50, **{"hpa.paused": True})
    setting(stage, 100, **{"api.ready": 2})
    until(stage, 400)

    assert [value for _, value in rows(stage, "api.replicas")] == [4]


def test_events_tell_of_scaling_of_births_and_of_failing_probes():
    """One more wanted, one less Ready: the cluster says both, and what came up."""
    stage = shop()
    setting(stage, 100, **{"api.replicas": 5})
    until(stage, 130)
    setting(stage, 200, **{"api.ready": 3})
    until(stage, 300)
    told = documents(stage).rows("k8s/events")

    assert sorted({row["reason"] for row in told}) == [
        "Pulled", "ScalingReplicaSet", "Scheduled", "Started", "Unhealthy",
    ]  # fmt: skip
    (scaled,) = [row["message"] for row in told if row["reason"] == "ScalingReplicaSet"]
    assert scaled.endswith("to 5 from 4")


def test_services_endpoints_and_namespaces_follow_the_workloads():
    """Nobody Ready leaves an endpoint without addresses."""
    stage = shop()
    setting(stage, 100, **{"worker.ready": 0})
    held = documents(stage)
    names = [row["metadata"]["name"] for row in held.rows("k8s/services")]
    behind = {row["metadata"]["name"]: row["subsets"] for row in held.rows("k8s/endpoints")}

    assert names == ["shop-api", "shop-worker"]
    assert (len(behind["shop-api"][0]["addresses"]), behind["shop-worker"]) == (4, [])
    assert [row["metadata"]["name"] for row in held.rows("k8s/namespaces")] == [
        "prod", "default", "kube-system",
    ]  # fmt: skip


def test_use_of_processor_and_memory_follows_the_load():
    """`top` of pods and nodes; a pod that is not Ready does next to nothing."""
    stage = shop()
    setting(stage, 100, **{"api.ready": 3})
    pods = look(stage, line="kubectl top pods -n prod", at=150).content
    nodes = look(stage, line="kubectl top nodes", at=160).content
    used = {
        row["metadata"]["name"]: row["containers"][0]["usage"]["cpu"]
        for row in documents(stage).rows("k8s/podmetrics")
    }

    assert pods.count("shop-api") == 4
    assert nodes.count("node-") == 3
    cpu = sorted(int(text.removesuffix("m")) for name, text in used.items() if "api" in name)
    assert cpu[0] * 10 < cpu[1]


def test_pod_groups_stand_beside_each_other_with_their_versions():
    """Three old pods and a new one, one of the old not Ready."""
    stage = shop(GROUPED)
    setting(stage, 100, **{"api.group.old.ready": 2})
    pods = [
        row for row in documents(stage).rows("k8s/pods")
        if row["metadata"]["name"].startswith("shop-api")
    ]  # fmt: skip

    assert [row["spec"]["containers"][0]["image"] for row in pods] == [
        *["shop/api:2.13.4"] * 3, "shop/api:2.14.0",
    ]  # fmt: skip
    assert sum(row["status"]["containerStatuses"][0]["ready"] for row in pods) == 3
    assert [row["metadata"]["labels"].get("zone") for row in pods] == [None, None, None, "b"]


def test_a_certificate_is_valid_and_a_port_answers_as_its_service_does():
    """Refused while nothing is Ready, silent while the service waits, open otherwise."""
    stage = shop()
    until(stage, 100)
    (leaf,) = documents(stage).rows("tls/api.shop.test")

    assert leaf["not_after"] > BEGINS + 86_400 * 19
    assert documents(stage).rows("tls/elsewhere.test") == ()
    assert documents(stage).rows("dns/nowhere.test") == ()
