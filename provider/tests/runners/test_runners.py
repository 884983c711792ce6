"""All runners, with a launcher that does what its task is named."""

from __future__ import annotations

import json
import os
from pathlib import Path
from types import SimpleNamespace

import pytest
from airflow.utils.state import TaskInstanceState
from conftest import soon
from docker import APIClient

from propensity.runners.docker_runner import labels

SECRET = "the-secret-key"


def pulled(instance, key="return_value"):
    return instance.xcom_pull(task_ids=instance.task_id, key=key)


def test_reads_the_result_from_the_file_regardless_of_the_logs(run, runner):
    instance, _ = run("noisy", runner)
    assert instance.state == TaskInstanceState.SUCCESS
    assert pulled(instance) == "s3://test/noisy"
    assert pulled(instance, "result") == {"status": "done", "uri": "s3://test/noisy", "reason": "all is well"}


@pytest.mark.parametrize(
    ("behavior", "tries", "message"),
    [
        ("faulty", 2, "AirflowException: exit code 1: S3 does not answer"),
        ("rejecting", 1, "AirflowFailException: there is no such file"),
        ("terse", 1, "AirflowFailException: --source: no such option"),
        ("silent", 1, "AirflowException: the task ended with exit code 0, but wrote no result"),
        ("garbled", 1, "AirflowException: the task's result cannot be read"),
        ("full", 1, "AirflowException: out of memory: the heap is full"),
    ],
)
def test_fails_with_the_reason_and_retries_only_a_fault(run, runner, behavior, tries, message):
    instance, output = run(behavior, runner)
    assert instance.state == TaskInstanceState.FAILED
    assert instance.try_number == tries
    assert message in output
    assert pulled(instance) is None


def test_skips(run, runner):
    instance, output = run("skipping", runner)
    assert instance.state == TaskInstanceState.SKIPPED
    assert "the candidate was not released" in output


def times_out(run, runner, left, behavior):
    instance, output = run(behavior, runner)
    assert instance.state == TaskInstanceState.FAILED
    assert "AirflowTaskTimeout" in output
    soon(lambda: not left(behavior), 60)


def test_a_hanging_task_ends_at_its_time_limit_and_leaves_nothing(run, runner, left):
    times_out(run, runner, left, "hanging")


def test_a_task_that_ignores_signals_ends_at_its_time_limit_and_leaves_nothing(run, runner, left):
    times_out(run, runner, left, "stubborn")


@pytest.mark.parametrize(
    ("runner", "limit"),
    [
        ("docker", "32m"),
        pytest.param("ecs", "512 MiB", marks=pytest.mark.aws),
        pytest.param("ecs-deferred", "512 MiB", marks=pytest.mark.aws),
        pytest.param("kubernetes", "512Mi", marks=pytest.mark.aws),
        pytest.param("kubernetes-deferred", "512Mi", marks=pytest.mark.aws),
    ],
    indirect=["runner"],
)
def test_names_the_memory_limit_that_was_reached(run, runner, limit):
    instance, output = run("greedy", runner)
    assert instance.state == TaskInstanceState.FAILED
    # An engine's event that says so may be lost.
    expected = ["if nobody killed it, memory ran out: increase", f"out of memory: memory limit {limit} reached"]
    assert any(message in output for message in expected)


@pytest.mark.parametrize("runner", ["docker"], indirect=True)
def test_names_a_memory_limit_that_the_engine_reports_late(run, runner, monkeypatch):
    inspect = APIClient.inspect_container

    def early(client, container):
        details = inspect(client, container)
        details["State"]["OOMKilled"] = False
        return details

    monkeypatch.setattr(APIClient, "inspect_container", early)
    assert "out of memory: memory limit 32m reached" in run("greedy", runner)[1]


@pytest.mark.parametrize(
    ("runner", "hint"),
    [
        ("docker", "increase PROPENSITY_MEMORY"),
        ("process", "increase -Xmx in PROPENSITY_JAVA_OPTIONS"),
        pytest.param("ecs", "increase memory in PROPENSITY_ECS", marks=pytest.mark.aws),
        pytest.param("ecs-deferred", "increase memory in PROPENSITY_ECS", marks=pytest.mark.aws),
        pytest.param("kubernetes", "increase memory in PROPENSITY_KUBERNETES", marks=pytest.mark.aws),
        pytest.param("kubernetes-deferred", "increase memory in PROPENSITY_KUBERNETES", marks=pytest.mark.aws),
    ],
    indirect=["runner"],
)
def test_says_what_a_killed_jar_may_have_lacked(run, runner, hint):
    assert f"exit code 137: exit code 137; if nobody killed it, memory ran out: {hint}" in run("killed", runner)[1]


@pytest.mark.parametrize("runner", ["docker", "process"], indirect=True)
def test_passes_secrets_to_the_jar_only(run, runner, monkeypatch):
    monkeypatch.setenv(
        "AIRFLOW_CONN_MY_AWS_CONN",
        json.dumps({"conn_type": "aws", "login": "key-id", "password": SECRET, "extra": {"region_name": "eu-north-1"}}),
    )
    instance, output = run("printing", runner)
    assert instance.state == TaskInstanceState.SUCCESS
    assert "AWS_ACCESS_KEY_ID=key-id" in output
    assert f"AWS_SECRET_ACCESS_KEY={SECRET}" in output
    assert "AWS_REGION=eu-north-1" in output
    assert "PROPENSITY_STORE=s3://test/artifacts" in output
    kept = b"".join(file.read_bytes() for file in Path(os.environ["AIRFLOW_HOME"]).glob("airflow.db*"))
    assert b"s3://test/printing" in kept
    assert SECRET.encode() not in kept, "in a rendered template or an XCom"


def test_labels_its_containers_with_names_only(monkeypatch):
    monkeypatch.delenv("PROPENSITY_STORE")
    monkeypatch.setenv("AIRFLOW__PROPENSITY__STORE", "s3://test/option")
    instance = SimpleNamespace(dag_id="d", run_id="r", task_id="t", map_index=-1)
    assert labels(instance) == {
        "propensity.stack": "",
        "propensity.store": "s3://test/option",
        "propensity.dag": "d",
        "propensity.run": "r",
        "propensity.task": "t",
        "propensity.map_index": "-1",
    }
