"""A deployment whose endpoint takes a while: the jar begins the change, a trigger waits, and the jar verifies it."""

from __future__ import annotations

import pytest
import simulated
from airflow.utils.state import TaskInstanceState

from propensity.runners import jar_operator

ENDPOINT = "propensity-dev-test"

pytestmark = pytest.mark.aws


@pytest.fixture
def changed_endpoint(remote_environment, monkeypatch):
    """An endpoint that is being created, in the account of the workers' environment; its container does not answer."""
    for name, value in remote_environment.items():
        monkeypatch.setenv(name, value)
    sagemaker = simulated.aws(remote_environment["AWS_ENDPOINT_URL"], "sagemaker")
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
    yield
    sagemaker.delete_endpoint(EndpointName=ENDPOINT)
    sagemaker.get_waiter("endpoint_deleted").wait(EndpointName=ENDPOINT, WaiterConfig={"Delay": 1})
    sagemaker.delete_endpoint_config(EndpointConfigName="c")
    sagemaker.delete_model(ModelName="m")


@pytest.mark.parametrize("runner", ["docker", "process", "ecs-deferred"])
@pytest.mark.usefixtures("changed_endpoint")
def test_waits_for_the_change_in_the_triggerer_and_runs_the_jar_again(run, runner, monkeypatch):
    monkeypatch.setattr(jar_operator, "DEPLOY", "deploying")
    instance, output = run("deploying", runner)
    assert instance.state == TaskInstanceState.SUCCESS
    assert "propensity-dev-test is being changed" in output
    result = instance.xcom_pull(task_ids=instance.task_id, key="result")
    assert result == {"status": "done", "uri": "s3://test/deploying", "reason": "verified"}
    ended = [line for line in output.splitlines() if f"{ENDPOINT}: " in line]
    assert len(ended) == len(set(ended)), "a status was logged twice"
    assert f"{ENDPOINT}: Failed" in output
