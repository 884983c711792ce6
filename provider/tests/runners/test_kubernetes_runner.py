"""The Kubernetes runner: what it requests, and pods that do not start, or do not end by themselves."""

from __future__ import annotations

import asyncio
import re
import threading

import pytest
from airflow.sdk.exceptions import TaskDeferred
from conftest import FAKE_IMAGE, soon
from contexts import context
from deferrals import resume, trigger_of
from pod_requests import Rejected

from propensity.datasets import DatasetFile
from propensity.jar_task import jar_task
from propensity.runners.kubernetes_runner import KEY
from propensity.sdk import AirflowException, AirflowFailException
from propensity.triggers.kubernetes import KubernetesTrigger

pytestmark = pytest.mark.aws
DEFERRED = pytest.mark.parametrize("execute", [True], ids=["deferred"], indirect=True)
BOTH = pytest.mark.parametrize("execute", [False, True], ids=["waiting", "deferred"], indirect=True)


@pytest.fixture
def execute(request, database, remote_environment, monkeypatch):
    """Executes a jar's task as the worker does, which waits for the pod, or lets the triggerer wait."""
    deferrable = getattr(request, "param", False)
    for name, value in remote_environment.items():
        monkeypatch.setenv(name, value)

    def run(behavior, **airflow):
        task = made(behavior, deferrable=deferrable, **airflow)
        try:
            return task.execute(context(behavior))
        except TaskDeferred as deferred:
            # In another process, and then in a third one.
            event = asyncio.run(anext(trigger_of(deferred).run()))
            return resume(made(behavior, deferrable=True, **airflow), deferred, context(behavior), event)

    return run


def made(behavior, **airflow):
    dataset = DatasetFile("my_data-", "Mine", None, "name: my_data-\ntitle: Mine")
    return jar_task(behavior, runner="kubernetes", dataset=dataset, airflow=airflow).operator


@pytest.fixture
def pods(cluster):
    """The pods of the cluster; none is left by another test, or by this one."""

    def found():
        return list(cluster.pods.values())

    soon(lambda: not found(), 60)
    yield found
    soon(lambda: not found(), 60)


@pytest.fixture
def meanwhile(pods):
    """Does something with the first pod that runs."""
    threads = []

    def begin(action):
        def act():
            soon(lambda: [pod for pod in pods() if pod.phase == "Running"], 60)
            action(pods()[0])

        threads.append(threading.Thread(target=act))
        threads[0].start()

    yield begin
    for thread in threads:
        thread.join(60)


def test_requests_a_pod_without_privileges(cluster, execute, pods, monkeypatch):
    created = []
    create = cluster.create

    def kept(namespace, body):
        created.append((namespace, body))
        return create(namespace, body)

    monkeypatch.setattr(cluster, "create", kept)
    assert execute("noisy", pod_spec={"priority_class_name": "high"}) == "s3://test/noisy"
    [(namespace, pod)] = created
    spec, container = pod["spec"], pod["spec"]["containers"][0]
    assert namespace == "propensity"
    assert pod["metadata"]["name"].startswith("propensity-noisy-")
    assert (
        pod["metadata"]["labels"].items()
        >= {
            "project": "propensity",
            "propensity.dev/dataset": "my_data",
            "dag_id": "test",
            "run_id": "test",
            "task_id": "noisy",
            "try_number": "1",
        }.items()
    )
    assert (spec["serviceAccountName"], spec["automountServiceAccountToken"]) == ("propensity-tasks", False)
    assert (spec["restartPolicy"], spec["priorityClassName"]) == ("Never", "high")
    assert spec["activeDeadlineSeconds"] == 2 * 3600
    assert spec["securityContext"] == {
        "runAsNonRoot": True,
        "runAsUser": 10001,
        "seccompProfile": {"type": "RuntimeDefault"},
    }
    assert container["securityContext"] == {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}}
    assert container["resources"] == {"limits": {"memory": "512Mi"}, "requests": {"memory": "512Mi"}}
    secret = {"name": "MLFLOW_TRACKING_TOKEN", "valueFrom": {"secretKeyRef": {"name": "mlflow", "key": "token"}}}
    assert secret in container["env"]


@DEFERRED
def test_forwards_each_line_once(execute, pods, capfd):
    execute("noisy")
    noise = re.findall(r"\bnoise (\d+)", "".join(capfd.readouterr()))
    assert noise == [str(number) for number in range(1, 201)]


@BOTH
def test_reports_a_pod_that_no_machine_can_take(execute, pods):
    expected = r"did not start: 2 s have passed: Unschedulable: 0/1 nodes are available.*'disk': 'fast'"
    with pytest.raises(AirflowException, match=expected):
        execute("noisy", startup_timeout_seconds=2, pod_spec={"node_selector": {"disk": "fast"}})


@BOTH
def test_an_evicted_pod_is_reported_and_the_next_try_starts_another(execute, pods, meanwhile):
    evicted = "The node was low on resource: memory."
    meanwhile(lambda pod: pod.evict(evicted))
    with pytest.raises(AirflowException, match=f"was terminated: Evicted {evicted}"):
        execute("hanging")
    assert execute("noisy") == "s3://test/noisy"


@BOTH
def test_a_pod_that_somebody_deleted_is_reported(execute, pods, meanwhile):
    meanwhile(lambda pod: pod.delete(1))
    with pytest.raises(
        AirflowException, match=r"was terminated: (it does not exist|it was deleted from outside Airflow)"
    ):
        execute("hanging")


def test_a_pod_of_an_earlier_try_with_other_arguments_is_deleted(cluster, execute, pods):
    labels = {"dag_id": "test", "run_id": "test", "task_id": "noisy", KEY: "other"}
    image = {"name": "base", "image": FAKE_IMAGE, "args": ["hanging"]}
    container = image | {"resources": {"limits": {"memory": "64Mi"}}}
    spec = {"containers": [container], "securityContext": {"runAsUser": 10001}}
    cluster.create("propensity", {"metadata": {"name": "leftover", "labels": labels}, "spec": spec})
    assert execute("noisy") == "s3://test/noisy"


def test_a_fault_of_the_cluster_is_not_one_of_the_task(cluster, execute, pods):
    cluster.faults += [Rejected(503, "ServiceUnavailable", "the API is starting"), Rejected(401, "Unauthorized", "no")]
    assert execute("noisy") == "s3://test/noisy"


@pytest.mark.parametrize(
    ("message", "error"),
    [
        ('pods is forbidden: User "airflow" cannot list resource "pods"', AirflowFailException),
        ('pods "a" is forbidden: exceeded quota: compute', AirflowException),
    ],
)
def test_a_rejected_request_is_reported_and_retried_for_a_quota_only(cluster, execute, pods, message, error):
    cluster.faults.append(Rejected(403, "Forbidden", message))
    with pytest.raises(AirflowException, match=f"cannot list pods: {message}") as reported:
        execute("noisy")
    assert type(reported.value) is error


def test_a_task_that_is_killed_while_its_pod_is_created_leaves_nothing(cluster, execute, pods, monkeypatch):
    killed = made("hanging", deferrable=False)
    create = cluster.create

    def late(namespace, body):
        killed.on_kill()
        return create(namespace, body)

    monkeypatch.setattr(cluster, "create", late)
    with pytest.raises(AirflowException, match="killed while its job was started"):
        killed.execute(context("hanging"))


def test_a_try_restarts_the_pod_that_an_earlier_one_was_about_to_delete(execute, pods):
    with pytest.raises(TaskDeferred) as deferred:
        made("hanging", deferrable=True).execute(context("hanging"))
    cleared, again = deferred.value.trigger, made("hanging", deferrable=False)

    def wait():
        with pytest.raises(AirflowException, match=r"was (terminated|killed)"):
            again.execute(context("hanging"))

    thread = threading.Thread(target=wait)
    thread.start()
    soon(lambda: again.running and again.running.found)
    asyncio.run(cleared.on_kill())
    soon(lambda: again.running.pod != cleared.running.pod)
    again.on_kill()
    thread.join(60)


def test_a_restarted_triggerer_goes_on_with_the_pod_and_a_killed_task_deletes_it(execute, pods, capfd):
    with pytest.raises(TaskDeferred) as deferred:
        made("hanging", deferrable=True).execute(context("hanging"))
    _, arguments = deferred.value.trigger.serialize()
    # With nothing but what the database has of it.
    for trigger in (KubernetesTrigger(**arguments), KubernetesTrigger(**arguments)):
        asyncio.run(cancelled(trigger))
        assert "deletionTimestamp" not in pods()[0].body["metadata"]
    assert "".join(capfd.readouterr()).count("waiting for ever") == 1
    asyncio.run(trigger.on_kill())


async def cancelled(trigger):
    """Runs a trigger until its triggerer ends."""
    waiting = asyncio.create_task(anext(trigger.run()))
    await asyncio.sleep(2)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
