"""When jobs on other machines are stopped, by what services answer that fail: without an account or a container."""

from __future__ import annotations

import json
import logging

import pytest
from airflow.sdk.exceptions import TaskDeferred
from botocore.exceptions import ClientError
from contexts import context

from propensity.jar_task import jar_task
from propensity.runners.remote_job import Results
from propensity.runners.training_job import TrainingJob
from propensity.sdk import AirflowException

LOG = logging.getLogger("test")
SETTINGS = {
    "PROPENSITY_ECS": {
        "cluster": "cluster",
        "task_definition": "definition",
        "container": "container",
        "subnets": ["subnet-1"],
        "log_group": "group",
        "results": "s3://bucket/results",
    },
    "PROPENSITY_SAGEMAKER": {
        "role": "arn:aws:iam::123456789012:role/test",
        "image": "image",
        "results": "s3://bucket/results",
        "training": {"instance_type": "ml.m5.large", "seconds": 60},
    },
}


class Service:
    """A client of an AWS service that keeps the names of the calls.

    :param answers: what a call answers, or raises, or a function of its arguments; by default an empty answer
    """

    def __init__(self, **answers):
        self.answers = answers
        self.calls = []

    def __getattr__(self, name):
        def call(**arguments):
            self.calls.append(name)
            answer = self.answers.get(name, {})
            if isinstance(answer, Exception):
                raise answer
            return answer(**arguments) if callable(answer) else answer

        return call


@pytest.fixture
def operator(monkeypatch):
    """Makes the operator of a runner, with these clients of services."""

    def make(runner, deferrable=False, **services):
        for name, settings in SETTINGS.items():
            monkeypatch.setenv(name, json.dumps(settings))
        monkeypatch.setenv("PROPENSITY_POLL_SECONDS", "0.01")
        for module in ("remote_operator", "running_job"):
            monkeypatch.setattr(f"propensity.runners.{module}.aws_client", lambda service, *_: services[service])
        return jar_task("noisy", runner=runner, airflow={"deferrable": deferrable}).operator

    return make


def fault(code):
    return ClientError({"Error": {"Code": code, "Message": code}}, "Test")


def ecs(**answers):
    """A client of ECS whose task starts, but cannot be described."""
    started = {
        "describe_task_definition": {"taskDefinition": {"containerDefinitions": [{"name": "container"}]}},
        "list_tasks": {"taskArns": []},
        "run_task": {"failures": [], "tasks": [{"taskArn": "arn:task/1"}]},
        "describe_tasks": fault("ServerException"),
    }
    return Service(**started | answers)


def test_a_training_job_is_stopped_if_it_cannot_be_read_who_waits_for_it(caplog):
    for s3 in (
        Service(list_objects_v2=fault("AccessDenied")),
        Service(list_objects_v2={"Contents": [{"Key": "other"}]}, head_object=fault("403")),
    ):
        job = TrainingJob(name="job-0", connection=None, region=None, results="s3://bucket/results", waiter="own")
        job.store = Results(s3, job.results)
        job.sagemaker = Service(describe_training_job={"TrainingJobStatus": "InProgress"})
        job.stop(LOG)
        assert job.sagemaker.calls[-1] == "stop_training_job"
    assert caplog.text.count("who waits for the training job job-0 cannot be read, so it is stopped") == 1


def test_a_task_does_not_wait_for_a_training_job_that_it_could_not_create(operator, database):
    sagemaker = Service(
        list_training_jobs={"TrainingJobSummaries": []},
        describe_training_job=fault("not found"),
        create_training_job=fault("ResourceLimitExceeded"),
    )
    s3 = Service()
    with pytest.raises(AirflowException, match="ResourceLimitExceeded"):
        operator("sagemaker", sagemaker=sagemaker, s3=s3).execute(context("noisy", retries=1))
    # The arguments, and who waits.
    assert s3.calls[:3] == ["put_object", "put_object", "delete_object"]


@pytest.mark.parametrize(
    ("code", "retries", "stopped"),
    [("ServerException", 1, 0), ("ServerException", 0, 1), ("AccessDeniedException", 1, 1)],
)
def test_a_job_that_no_try_will_wait_for_is_stopped(operator, database, code, retries, stopped):
    service = ecs(describe_tasks=fault(code))
    with pytest.raises(AirflowException, match=code):
        operator("ecs", ecs=service, s3=Service()).execute(context("noisy", retries=retries))
    assert service.calls.count("stop_task") == stopped


def test_defers_again_before_a_trigger_that_cannot_follow_the_job_costs_a_try(operator, database):
    service = ecs(describe_tasks={"tasks": [{"lastStatus": "RUNNING"}]})
    waiting = operator(
        "ecs", deferrable=True, ecs=service, logs=Service(describe_log_streams={"logStreams": []}), s3=Service()
    )
    with pytest.raises(TaskDeferred) as deferred:
        waiting.execute(context("noisy"))
    for _ in range(3):
        event = {"job": deferred.value.trigger.job, "deadline": None, "timed_out": False, "error": "no route to host"}
        with pytest.raises(TaskDeferred) as deferred:
            waiting.execute_complete(context("noisy"), event)
    assert "stop_task" not in service.calls
    with pytest.raises(AirflowException, match="the triggerer cannot follow the job: no route to host"):
        waiting.execute_complete(context("noisy"), event | {"job": deferred.value.trigger.job})
    assert "stop_task" in service.calls


def test_a_kill_stops_a_task_of_ecs_whose_start_was_requested(operator, database):
    listed = iter([[], [], ["arn:task/1"]])
    service = ecs(list_tasks=lambda **_: {"taskArns": next(listed)})
    task = operator("ecs", ecs=service, s3=Service())

    def killed(**_):
        task.on_kill()
        assert service.calls[-1] == "stop_task", "before the answer"
        return {"failures": [], "tasks": [{"taskArn": "arn:task/1"}]}

    service.answers["run_task"] = killed
    with pytest.raises(AirflowException, match="the task was killed while its job was started"):
        task.execute(context("noisy"))


def test_a_task_of_ecs_that_was_killed_before_is_not_started(operator, database):
    service = ecs()
    task = operator("ecs", ecs=service, s3=Service())
    task.on_kill()
    with pytest.raises(AirflowException, match="the task was killed before its job was started"):
        task.execute(context("noisy"))
    assert "run_task" not in service.calls
