"""Runners whose jars run on another machine: what a killed worker leaves, and what the place refuses."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.request import Request, urlopen

import places as stand_ins
import pytest
from airflow.utils.state import TaskInstanceState
from conftest import soon

SECRET = "the-secret-key"

pytestmark = pytest.mark.aws


@pytest.fixture
def task(remote):
    """Starts processes of a task, and ends them with the test."""
    started = []

    def start(behaviour):
        script = Path(__file__).with_name("run_hanging.py")
        command = [sys.executable, script, remote, "-1", behaviour]
        started.append(subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True))
        return started[-1]

    yield start
    for process in started:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)


@pytest.fixture
def control(places):
    """Tells the stand-in account what is to go wrong."""

    def tell(**faults):
        request = Request(f"{places['AWS_ENDPOINT_URL']}/_control", json.dumps(faults).encode())
        urlopen(request, timeout=30).close()

    yield tell
    tell(clear={})


@pytest.fixture
def jobs(places):
    """The names of all training jobs, with their states."""

    def listed():
        sagemaker = stand_ins.aws(places["AWS_ENDPOINT_URL"], "sagemaker")
        found = sagemaker.list_training_jobs(MaxResults=100)["TrainingJobSummaries"]
        return {job["TrainingJobName"]: job["TrainingJobStatus"] for job in found}

    return listed


def test_a_cleared_task_stops_its_jar(task, left):
    running = task("hanging")
    soon(lambda: left("hanging"))
    running.send_signal(signal.SIGTERM)
    running.communicate(timeout=60)
    soon(lambda: not left("hanging"), 30)


def test_the_next_try_of_a_killed_one_goes_on_with_its_jar(task, left):
    killed = task("slow")
    first = soon(lambda: left("slow"))
    killed.kill()
    killed.wait()
    said, _ = task("slow").communicate(timeout=120)
    assert "of an earlier try" in said or "Reattaching previously launched task" in said
    assert said.strip().endswith("s3://test/slow")
    assert not left("slow") - first


def test_a_jar_has_the_permissions_of_its_place_and_no_secret_of_airflow(run, remote, monkeypatch):
    extra = {"region_name": stand_ins.REGION}
    connection = {"conn_type": "aws", "login": "key-id", "password": SECRET, "extra": extra}
    monkeypatch.setenv("AIRFLOW_CONN_MY_AWS_CONN", json.dumps(connection))
    monkeypatch.setenv("MLFLOW_TRACKING_PASSWORD", SECRET)
    monkeypatch.setenv("MLFLOW_TRACKING_URI", "http://mlflow:5000")
    instance, said = run("telling", remote)
    assert instance.state == TaskInstanceState.SUCCESS
    for line in (
        "AWS_REGION=eu-west-1",
        "MLFLOW_TRACKING_URI=http://mlflow:5000",
        "PROPENSITY_STORE=s3://test/artifacts",
    ):
        assert line in said
    assert SECRET not in said
    assert "key-id" not in said
    assert (f"MLFLOW_TRACKING_TOKEN={stand_ins.TOKEN}" in said) == (remote != "sagemaker")
    kept = b"".join(file.read_bytes() for file in Path(os.environ["AIRFLOW_HOME"]).glob("airflow.db*"))
    assert SECRET.encode() not in kept


def test_says_which_setting_is_missing_or_broken(run, remote, places, monkeypatch):
    name = f"PROPENSITY_{remote.upper()}"
    monkeypatch.delenv(name)
    assert f"AirflowFailException: set {name}, or the Airflow Variable" in run("noisy", remote)[1]
    monkeypatch.setenv(name, "{")
    assert f"AirflowFailException: {name} is no JSON object" in run("noisy", remote)[1]
    monkeypatch.setenv(name, json.dumps(json.loads(places[name]) | {"results": None}))
    assert f"AirflowFailException: {name} lacks results" in run("noisy", remote)[1]


def test_removes_the_result_that_it_has_read(run, remote, places):
    assert run("noisy", remote)[0].state == TaskInstanceState.SUCCESS
    listed = stand_ins.aws(places["AWS_ENDPOINT_URL"], "s3").list_objects_v2(Bucket=stand_ins.BUCKET, Prefix="results/")
    results = [entry["Key"] for entry in listed["Contents"] if "/jobs/" not in entry["Key"]]
    assert all(key.endswith(".arguments.json") for key in results)


@pytest.mark.parametrize("remote", ["sagemaker"], indirect=True)
def test_a_failed_job_does_not_stand_in_the_way_of_the_next(run, remote, jobs):
    before = jobs()
    assert run("faulty", remote)[0].state == TaskInstanceState.FAILED
    made = sorted(set(jobs()) - set(before))
    key, number = made[0].split("-")
    assert len(key) == 32
    assert made == [f"{key}-{number}", f"{key}-{int(number) + 1}"]


@pytest.mark.parametrize("remote", ["sagemaker"], indirect=True)
def test_outlives_throttling_and_a_lost_answer(run, remote, control, jobs):
    control(throttle={"operation": "DescribeTrainingJob", "times": 2}, lose={"operation": "CreateTrainingJob"})
    before = jobs()
    assert run("noisy", remote)[0].state == TaskInstanceState.SUCCESS
    assert len(set(jobs()) - set(before)) == 1


@pytest.mark.parametrize("remote", ["sagemaker"], indirect=True)
def test_tells_what_sagemaker_refuses_and_what_may_pass(run, remote, control):
    control(fail={"operation": "CreateTrainingJob", "code": "AccessDeniedException", "message": "not this role"})
    assert "AirflowFailException: CreateTrainingJob: not this role" in run("noisy", remote)[1]
    full = {"operation": "CreateTrainingJob", "code": "ResourceLimitExceeded", "message": "no instance is left"}
    control(fail=full)
    assert "AirflowException: CreateTrainingJob: no instance is left" in run("noisy", remote)[1]


@pytest.mark.parametrize("remote", ["sagemaker"], indirect=True)
def test_a_run_may_choose_another_instance(bag, remote, places):
    chosen = {"training_job": {"instance_type": "ml.c5.xlarge", "seconds": 120}}
    assert bag["noisy_sagemaker"].test(run_conf=chosen).state == "success"
    sagemaker = stand_ins.aws(places["AWS_ENDPOINT_URL"], "sagemaker")
    newest = sagemaker.list_training_jobs(SortBy="CreationTime", SortOrder="Descending", MaxResults=1)
    job = sagemaker.describe_training_job(TrainingJobName=newest["TrainingJobSummaries"][0]["TrainingJobName"])
    assert job["ResourceConfig"]["InstanceType"] == "ml.c5.xlarge"
    assert job["StoppingCondition"]["MaxRuntimeInSeconds"] == 120


@pytest.mark.parametrize("remote", ["sagemaker"], indirect=True)
def test_ends_a_job_at_its_own_time_limit(run, remote, places, monkeypatch):
    settings = json.loads(places["PROPENSITY_SAGEMAKER"])
    settings["training"]["seconds"] = 3
    monkeypatch.setenv("PROPENSITY_SAGEMAKER", json.dumps(settings))
    assert "AirflowException: the time limit of 3 s is reached" in run("slow", remote)[1]


@pytest.mark.parametrize("remote", ["ecs"], indirect=True)
def test_tells_an_image_that_ecs_cannot_pull(run, remote, places, monkeypatch):
    definition = stand_ins.definition("nowhere:1") | {"family": "nowhere"}
    stand_ins.aws(places["AWS_ENDPOINT_URL"], "ecs").register_task_definition(**definition)
    settings = json.loads(places["PROPENSITY_ECS"]) | {"task_definition": "nowhere"}
    monkeypatch.setenv("PROPENSITY_ECS", json.dumps(settings))
    assert "AirflowException: the task did not run: CannotPullContainerError" in run("noisy", remote)[1]


@pytest.mark.parametrize("remote", ["kubernetes"], indirect=True)
def test_tells_an_image_that_kubernetes_cannot_pull(run, remote, places, monkeypatch):
    settings = json.loads(places["PROPENSITY_KUBERNETES"]) | {"image": "nowhere:1"}
    monkeypatch.setenv("PROPENSITY_KUBERNETES", json.dumps(settings))
    instance, said = run("noisy", remote)
    assert instance.state == TaskInstanceState.FAILED
    assert "nowhere:1: not found" in said
