"""A deployment whose endpoint takes a while: the jar begins the change, a trigger waits, and the jar verifies it."""

from __future__ import annotations

import re
import time
from datetime import timedelta

import pytest
import simulated
from airflow.utils.state import TaskInstanceState

from propensity.runners import jar_operator

ENDPOINT = "propensity-dev-test"

pytestmark = pytest.mark.aws
held = pytest.mark.parametrize("changed_endpoint", ["held"], indirect=True)
"""The change goes on only when the test lets it."""


@pytest.fixture
def changed_endpoint(request, bag, remote_environment, monkeypatch):
    """An endpoint that is being created, in the account of the workers' environment; gives the account's address."""
    for name, value in remote_environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(jar_operator, "DEPLOY", "deploying")
    for dag in (dag for name, dag in bag.items() if name.startswith("deploying_")):
        # Airflow makes a new task for each try; here, each test has the same one.
        monkeypatch.setattr(dag.get_task("deploying"), "waits", jar_operator.Waits())
    url = remote_environment["AWS_ENDPOINT_URL"]
    sagemaker = simulated.aws(url, "sagemaker")
    if getattr(request, "param", None) == "held":
        simulated.control(url, hold={})
    role = "arn:aws:iam::123456789012:role/propensity-dev-sagemaker"
    sagemaker.create_model(ModelName="m", ExecutionRoleArn=role, PrimaryContainer={"Image": simulated.REGISTRY})
    variant = {
        "VariantName": "v",
        "ModelName": "m",
        "InstanceType": "ml.m5.large",
        "InitialInstanceCount": 1,
        "ContainerStartupHealthCheckTimeoutInSeconds": 60,
    }
    sagemaker.create_endpoint_config(EndpointConfigName="c", ProductionVariants=[variant])
    sagemaker.create_endpoint(EndpointName=ENDPOINT, EndpointConfigName="c")
    yield url
    simulated.control(url, clear={})
    delete(sagemaker)
    sagemaker.delete_endpoint_config(EndpointConfigName="c")
    sagemaker.delete_model(ModelName="m")


@pytest.mark.parametrize("runner", ["docker", "process", "ecs-deferred"])
@pytest.mark.usefixtures("changed_endpoint")
def test_waits_for_the_change_in_the_triggerer_and_runs_the_jar_again(run, runner):
    instance, output = run("deploying", runner)
    assert instance.state == TaskInstanceState.SUCCESS
    assert "propensity-dev-test is being changed" in output
    result = instance.xcom_pull(task_ids=instance.task_id, key="result")
    assert result == {"status": "done", "uri": "s3://test/deploying", "reason": "verified"}
    ended = [line for line in output.splitlines() if f"{ENDPOINT}: " in line]
    assert len(ended) == len(set(ended)), "a status was logged twice"
    assert f"{ENDPOINT}: InService" in output


@held
def test_its_time_limit_ends_the_wait_and_leaves_the_change(run, bag, changed_endpoint, monkeypatch):
    task = bag["deploying_process"].get_task("deploying")
    monkeypatch.setattr(task, "execution_timeout", timedelta(seconds=3))
    instance, output = run("deploying", "process")
    assert instance.state == TaskInstanceState.FAILED
    assert "the time limit of 0:00:03 is reached; the change continues" in output
    sagemaker = simulated.aws(changed_endpoint, "sagemaker")
    assert sagemaker.describe_endpoint(EndpointName=ENDPOINT)["EndpointStatus"] == "Creating"


@held
def test_waits_in_the_jar_where_the_trigger_cannot_follow_the_change(run, changed_endpoint):
    denied = {"operation": "DescribeEndpoint", "code": "AccessDeniedException", "message": "not authorized"}
    simulated.control(changed_endpoint, fail=denied)
    instance, output = run("deploying", "process")
    assert instance.state == TaskInstanceState.SUCCESS
    [fault] = re.findall("the task waits by itself: .*", output)
    assert "AccessDeniedException" in fault
    first, second = re.findall("options: (.*) --result", output)
    assert first.endswith("--no-wait")
    assert second.endswith("--begun a-change")
    assert "--no-wait" not in second


def test_runs_the_jar_again_where_the_endpoint_was_deleted(run, changed_endpoint):
    delete(simulated.aws(changed_endpoint, "sagemaker"))
    instance, output = run("deploying", "process")
    assert instance.state == TaskInstanceState.SUCCESS
    assert f"{ENDPOINT}: deleted" in output


def delete(sagemaker):
    """Deletes the endpoint, where there is one, as soon as it does not change."""
    while endpoints := sagemaker.list_endpoints(NameContains=ENDPOINT)["Endpoints"]:
        if endpoints[0]["EndpointStatus"] in ("Failed", "InService"):
            sagemaker.delete_endpoint(EndpointName=ENDPOINT)
        time.sleep(0.1)
