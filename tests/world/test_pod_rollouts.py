"""Revisions, waves, room and readiness: what a rollout does, and what every view says of it."""

from cluster import act, gate, pods, steps, turned
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from small_shop import documents, look, until

from simulator.journal.events.world import FaultInjected, StateSet

ACTS = ("ship", "undo", "to-47", "slowly", "restart", "delete-stale", "more")


def history(stage, at):
    """What `rollout history` says: (revision, cause)."""
    told = look(stage, line="kubectl -n prod rollout history deployment/gate", at=at).content
    return [tuple(line.split(maxsplit=1)) for line in told.splitlines()[2:] if line.strip()]


def test_an_undo_is_a_new_revision_with_the_old_template():
    """48 undone is 49 with the image of 47, whose number is gone; undone twice, 48's is back."""
    stage = gate()
    until(stage, 50)
    act(stage, "ship")
    until(stage, 400)
    act(stage, "undo")
    until(stage, 800)
    once = (stage.state("gate.revision"), stage.state("gate.image"))
    told = history(stage, 810)
    act(stage, "undo")
    until(stage, 1200)

    assert once == (49, "shop/gate:v2")
    assert told == [("46", "<none>"), ("48", "v3"), ("49", "<none>")]
    assert (stage.state("gate.revision"), stage.state("gate.image")) == (50, "shop/gate:v3")


def test_after_a_restart_undo_returns_to_the_same_image():
    """A restart is a revision too, so the one before it has the bad image as well."""
    stage = gate()
    until(stage, 50)
    act(stage, "ship")
    until(stage, 400)
    act(stage, "restart")
    until(stage, 800)
    act(stage, "undo")
    until(stage, 1200)

    assert stage.state("gate.image") == "shop/gate:v3"
    assert stage.state("gate.revision") == 50


def test_a_named_revision_may_be_asked_for_again():
    """Of what runs already a second asking changes nothing."""
    stage = gate()
    until(stage, 50)
    act(stage, "ship")
    until(stage, 400)
    act(stage, "to-47")
    until(stage, 800)
    act(stage, "to-47")
    until(stage, 1000)

    assert (stage.state("gate.revision"), stage.state("gate.image")) == (49, "shop/gate:v2")


def test_the_later_of_two_rollouts_replaces_the_earlier():
    """Undone half-way, the old pods that are left simply stay."""
    stage = gate()
    until(stage, 50)
    act(stage, "ship")
    until(stage, 60)
    old = {pod.pod for pod in pods(stage) if pod.image == "shop/gate:v2"}
    act(stage, "undo")
    until(stage, 400)

    assert len(old) == 9
    assert old <= {pod.pod for pod in pods(stage)}
    assert {pod.image for pod in pods(stage)} == {"shop/gate:v2"}
    assert min(value for _, value in steps(stage, "ready")) == 9


def test_a_slow_rollout_takes_none_away_before_another_is_ready():
    """One in surplus at a time, twelve Ready throughout."""
    stage = gate()
    until(stage, 50)
    act(stage, "slowly")
    until(stage, 1500)

    starts = [at for at, _ in turned(stage, "starting")]
    assert steps(stage, "ready") == []
    assert stage.state("gate.rollout") == "complete"
    assert len(starts) == len(set(starts)) == 12


def test_beyond_its_room_pods_are_pending():
    """Twenty are wanted, fifteen fit: the scheduler says what is short."""
    stage = gate()
    until(stage, 50)
    act(stage, "more")
    until(stage, 300)
    seen = look(stage, line="kubectl -n prod get pods -l app=gate", at=310).content
    told = look(stage, line="kubectl -n prod get events", at=320).content

    assert stage.state("gate.ready") == 15
    assert seen.count("Pending") == 5
    assert "Insufficient cpu" in told


def test_a_rollout_that_never_comes_up_sticks_and_is_called_stuck():
    """New pods wait for a database that refuses nearly all; nine old ones go on."""
    stage = gate(boot="waits_for: [db]", **{"errors: 40%": "errors: 90%"})
    until(stage, 50)
    stage.emit(FaultInjected(fault="db-refuses", by="kim"))
    until(stage, 60)
    act(stage, "restart")
    until(stage, 500)
    under_way = stage.state("gate.rollout")
    until(stage, 800)
    told = look(stage, line="kubectl -n prod rollout status deployment/gate", at=810).content

    assert (under_way, stage.state("gate.rollout")) == ("0 of 12 updated", "stuck")
    assert stage.state("gate.ready") == 9
    assert "exceeded its progress deadline" in told


def test_readiness_by_condition_takes_all_out_and_lets_all_in():
    """Its probe asks the database: thirty seconds of failing, then none is Ready; all run on."""
    stage = gate(boot="ready_while: db.mood == good, unready_in: 30s",
                 **{"db.role: primary": "db.role: primary, db.mood: good"})  # fmt: skip
    until(stage, 100)
    stage.emit(StateSet(name="db.mood", value="bad"))
    until(stage, 200)
    stage.emit(StateSet(name="db.mood", value="good"))
    until(stage, 300)

    assert steps(stage, "ready") == [(130, 0), (200, 12)]
    assert stage.state("gate.restarts") == 0
    assert turned(stage, "starting") == []


@settings(max_examples=12, phases=[Phase.generate], deadline=None)
@given(
    seed=st.integers(0, 50),
    acts=st.lists(st.tuples(st.sampled_from(ACTS), st.integers(1, 120)), max_size=6),
)
def test_views_agree_with_the_rows_whatever_people_do(seed, acts):
    """At every act's end: pods of all groups are the replicas', none beyond the surplus."""
    stage = gate(seed=seed)
    now = 10
    until(stage, now)
    for name, pause in acts:
        act(stage, name)
        now += pause
        until(stage, now)
        shown = documents(stage)
        listed = [row for row in shown.rows("k8s/pods")
                  if row["metadata"]["labels"]["app"] == "gate"
                  and "deletionTimestamp" not in row["metadata"]]  # fmt: skip
        ready = [row for row in listed
                 if row["status"].get("containerStatuses", [{}])[0].get("ready")]  # fmt: skip
        deployed = next(row for row in shown.rows("k8s/deployments")
                        if row["metadata"]["name"] == "gate")["status"]  # fmt: skip
        replicas = stage.state("gate.replicas")
        groups = [stage.state(f"gate.group.{name}.pods")
                  for name in ("well", "stale", "hung", "new", "bad-node")]  # fmt: skip

        assert sum(groups) == len(listed) == deployed["replicas"]
        assert replicas <= len(listed) <= replicas + (replicas + 3) // 4
        assert len(ready) == stage.state("gate.ready") == deployed["readyReplicas"]
    until(stage, now + 1500)
    fits = stage.state("gate.replicas") + 3 <= 15

    assert stage.state("gate.rollout") == "complete" or not fits
    assert len(pods(stage)) == stage.state("gate.replicas") or not fits
