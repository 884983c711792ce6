"""Runners whose jars run on another machine: what a killed worker leaves, and what the service rejects."""

from __future__ import annotations

import asyncio
import json
import os
import signal
from pathlib import Path
from pkgutil import resolve_name

import pytest
import simulated
from airflow.sdk.exceptions import AirflowException, TaskDeferred
from airflow.utils.state import TaskInstanceState
from conftest import BOTH_MODES, read_until, result, soon
from contexts import context

from propensity.datasets import DatasetFile
from propensity.jar_task import jar_task

SECRET = "the-secret-key"

pytestmark = pytest.mark.aws


@BOTH_MODES
def test_a_cleared_task_stops_its_jar(task, remote, left):
    running = task("hanging")
    soon(lambda: left("hanging"))
    if remote.endswith("-deferred"):
        read_until(running, "the task is deferred")
    running.send_signal(signal.SIGTERM)
    running.communicate(timeout=60)
    soon(lambda: not left("hanging"), 60)


@BOTH_MODES
def test_the_next_try_of_a_killed_one_reattaches_to_its_jar(task, left, finish):
    killed = task("slow")
    first = soon(lambda: left("slow"))
    killed.kill()
    killed.wait()
    again = task("slow")
    read_until(again, "of an earlier try", "which already exists")
    assert left("slow") == first
    finish()
    assert result(again) == {"status": "done", "uri": "s3://test/slow", "reason": "slow and sure"}


@BOTH_MODES
def test_a_jar_has_the_permissions_of_its_place_and_no_secret_of_airflow(run, remote, monkeypatch):
    extra = {"region_name": simulated.REGION}
    connection = {"conn_type": "aws", "login": "key-id", "password": SECRET, "extra": extra}
    monkeypatch.setenv("AIRFLOW_CONN_MY_AWS_CONN", json.dumps(connection))
    monkeypatch.setenv("MLFLOW_TRACKING_PASSWORD", SECRET)
    monkeypatch.setenv("MLFLOW_TRACKING_URI", "http://mlflow:5000")
    instance, output = run("printing", remote)
    assert instance.state == TaskInstanceState.SUCCESS
    for line in (
        "AWS_REGION=eu-west-1",
        "MLFLOW_TRACKING_URI=http://mlflow:5000",
        "PROPENSITY_STORE=s3://test/artifacts",
    ):
        assert line in output
    assert SECRET not in output
    assert "key-id" not in output
    assert (f"MLFLOW_TRACKING_TOKEN={simulated.TOKEN}" in output) == (not remote.startswith("sagemaker"))
    kept = b"".join(file.read_bytes() for file in Path(os.environ["AIRFLOW_HOME"]).glob("airflow.db*"))
    assert SECRET.encode() not in kept


def deferred(remote):
    """What a deferrable task passes on to the triggerer."""
    operator = jar_task("hanging", runner=remote, airflow={"deferrable": True}).operator
    with pytest.raises(TaskDeferred) as raised:
        operator.execute(context("hanging"))
    return raised.value.trigger.serialize()


def test_a_trigger_gets_no_secret_and_can_stop_the_job(remote, database, left, monkeypatch):
    extra = {"region_name": simulated.REGION}
    connection = {"conn_type": "aws", "login": "key-id", "password": SECRET, "extra": extra}
    monkeypatch.setenv("AIRFLOW_CONN_MY_AWS_CONN", json.dumps(connection))
    path, arguments = deferred(remote)
    assert SECRET not in json.dumps(arguments)
    assert "key-id" not in json.dumps(arguments)
    soon(lambda: left("hanging"), 60)
    asyncio.run(resolve_name(path)(**arguments).on_kill())
    soon(lambda: not left("hanging"), 60)


@pytest.mark.parametrize("remote", ["ecs"], indirect=True)
def test_a_task_that_was_marked_while_its_job_was_started_is_not_deferred(remote, database, left):
    operator = jar_task("hanging", runner=remote, airflow={"deferrable": True}).operator
    with pytest.raises(AirflowException, match="cleared or marked while its job was started"):
        operator.execute(context("hanging", state="failed"))
    soon(lambda: not left("hanging"), 60)


def tags(operator, remote_environment):
    """The tags, or the labels, of what the operator started."""
    match operator.settings_variable:
        case "PROPENSITY_SAGEMAKER":
            arn = operator.aws("sagemaker").describe_training_job(TrainingJobName=operator.running.name)[
                "TrainingJobArn"
            ]
            listed = simulated.aws(remote_environment["AWS_ENDPOINT_URL"], "sagemaker").list_tags(ResourceArn=arn)[
                "Tags"
            ]
            return {tag["Key"]: tag["Value"] for tag in listed}
        case "PROPENSITY_ECS":
            ecs = simulated.aws(remote_environment["AWS_ENDPOINT_URL"], "ecs")
            described = ecs.describe_tasks(cluster="propensity-dev", tasks=[operator.running.arn], include=["TAGS"])
            return {tag["key"]: tag["value"] for tag in described["tasks"][0]["tags"]}
        case _:
            return operator.running.resource.metadata.labels


def test_what_it_starts_is_tagged_with_the_datasets_name(remote, database, remote_environment):
    operator = jar_task(
        "noisy", runner=remote, dataset=DatasetFile("my_data-", "Mine", None, "name: my_data-\ntitle: Mine")
    ).operator
    operator.execute(context("noisy"))
    found = tags(operator, remote_environment)
    if remote == "kubernetes":
        assert (found["project"], found["propensity.dev/dataset"]) == ("propensity", "my_data")
    else:
        assert (found["propensity:project"], found["propensity:dataset"]) == ("propensity", "my_data-")


def test_reports_which_setting_is_missing_or_invalid(run, remote, remote_environment, monkeypatch):
    name = f"PROPENSITY_{remote.upper()}"
    monkeypatch.delenv(name)
    assert f"AirflowFailException: set {name}, the section [{name.lower()}]" in run("noisy", remote)[1]
    monkeypatch.setenv(name, "{")
    assert f"AirflowFailException: {name} is not a JSON object" in run("noisy", remote)[1]
    monkeypatch.setenv(name, json.dumps(json.loads(remote_environment[name]) | {"results": None}))
    assert f"AirflowFailException: {name} lacks results" in run("noisy", remote)[1]


@pytest.mark.parametrize("remote", ["ecs", "ecs-deferred", "kubernetes", "kubernetes-deferred"], indirect=True)
def test_deletes_the_result_that_it_has_read(run, remote, remote_environment):
    s3 = simulated.aws(remote_environment["AWS_ENDPOINT_URL"], "s3")

    def results():
        listed = s3.list_objects_v2(Bucket=simulated.BUCKET, Prefix="results/").get("Contents", [])
        return {entry["Key"] for entry in listed if not entry["Key"].endswith((".arguments.json", ".position.json"))}

    before = results()
    assert run("noisy", remote)[0].state == TaskInstanceState.SUCCESS
    assert results() == before


@pytest.mark.parametrize("remote", ["ecs", "ecs-deferred"], indirect=True)
def test_reports_an_image_that_ecs_cannot_pull(run, remote, remote_environment, monkeypatch):
    definition = simulated.definition("nowhere:1") | {"family": "nowhere"}
    simulated.aws(remote_environment["AWS_ENDPOINT_URL"], "ecs").register_task_definition(**definition)
    settings = json.loads(remote_environment["PROPENSITY_ECS"]) | {"task_definition": "nowhere"}
    monkeypatch.setenv("PROPENSITY_ECS", json.dumps(settings))
    assert "AirflowException: the task did not run: CannotPullContainerError" in run("noisy", remote)[1]


@pytest.mark.parametrize("remote", ["kubernetes", "kubernetes-deferred"], indirect=True)
def test_reports_an_image_that_kubernetes_cannot_pull(run, remote, remote_environment, monkeypatch):
    settings = json.loads(remote_environment["PROPENSITY_KUBERNETES"]) | {"image": "nowhere:1"}
    monkeypatch.setenv("PROPENSITY_KUBERNETES", json.dumps(settings))
    instance, output = run("noisy", remote)
    assert instance.state == TaskInstanceState.FAILED
    assert "nowhere:1: not found" in output
