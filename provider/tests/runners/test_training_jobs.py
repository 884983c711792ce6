"""Training jobs of Amazon SageMaker: which one a try reuses, and how failed ones are reported."""

from __future__ import annotations

import json
import signal
import threading
import time
from urllib.request import Request, urlopen

import pytest
import simulated
from airflow.utils.state import TaskInstanceState
from conftest import configured, read_until, result, soon

from propensity.runners.remote_job import Results
from propensity.runners.sagemaker_runner import SageMakerJarOperator
from propensity.runners.waiters import Waiters

pytestmark = pytest.mark.aws
BOTH_MODES = pytest.mark.parametrize("remote", ["sagemaker", "sagemaker-deferred"], indirect=True)
SLOW = {"status": "done", "uri": "s3://test/slow", "reason": "slow and sure"}


@pytest.fixture(params=["sagemaker"])
def remote(request):
    """The runner, where a worker waits for the job."""
    return configured(request, request.param)


@pytest.fixture
def control(remote_environment):
    """Injects faults into the simulated account."""

    def inject(**faults):
        request = Request(f"{remote_environment['AWS_ENDPOINT_URL']}/_control", json.dumps(faults).encode())
        urlopen(request, timeout=30).close()

    yield inject
    inject(clear={})


@pytest.fixture
def jobs(remote_environment):
    """The names of all training jobs, with their states."""

    def listed():
        sagemaker = simulated.aws(remote_environment["AWS_ENDPOINT_URL"], "sagemaker")
        found = sagemaker.list_training_jobs(MaxResults=100)["TrainingJobSummaries"]
        return {job["TrainingJobName"]: job["TrainingJobStatus"] for job in found}

    return listed


@pytest.fixture
def made(jobs):
    """The training jobs that the test made, with their states."""
    before = set(jobs())
    return lambda: {name: status for name, status in jobs().items() if name not in before}


def killed(task, made):
    """A try whose worker was killed while its job runs."""
    first = task("slow")
    soon(lambda: list(made().values()) == ["InProgress"])
    first.kill()
    first.wait()


@BOTH_MODES
def test_a_new_try_reuses_the_job_that_succeeded_unobserved(run, remote, task, made, finish):
    killed(task, made)
    finish(lambda: list(made().values()) == ["Completed"])
    instance, output = run("slow", remote)
    assert "which already exists" in output
    assert instance.xcom_pull(task_ids=instance.task_id, key="result") == SLOW
    assert list(made().values()) == ["Completed"]


@BOTH_MODES
def test_a_job_whose_result_was_read_is_not_reused(run, remote, made):
    assert run("noisy", remote)[0].state == TaskInstanceState.SUCCESS
    assert run("noisy", remote)[0].state == TaskInstanceState.SUCCESS
    assert list(made().values()) == ["Completed", "Completed"]


def test_two_identical_concurrent_runs_share_a_job_and_both_get_its_result(
    run, remote, task, made, finish, monkeypatch
):
    other = task("slow")
    soon(made)
    early, now = [], SageMakerJarOperator._status
    joined = SageMakerJarOperator._joined

    def just_before(operator, name):
        status = now(operator, name)
        return early.append(name) if status == "InProgress" and not early else status

    def ending(*arguments, **named):
        job = joined(*arguments, **named)
        threading.Thread(target=finish).start()
        return job

    monkeypatch.setattr(SageMakerJarOperator, "_find", lambda operator: None)
    monkeypatch.setattr(SageMakerJarOperator, "_joined", ending)
    monkeypatch.setattr(SageMakerJarOperator, "_status", just_before)
    instance, output = run("slow", remote)
    assert "which another run has just created" in output
    assert result(other) == SLOW
    assert instance.xcom_pull(task_ids=instance.task_id, key="result") == SLOW
    assert list(made().values()) == ["Completed"]


def waiting(remote, *processes):
    """Two runs that wait for the same job."""
    for process in processes:
        read_until(process, "the task is deferred" if remote.endswith("-deferred") else "the training job")


@BOTH_MODES
def test_a_job_goes_on_for_the_run_that_was_not_cleared(remote, task, made, finish):
    cleared, other = task("slow", 0), task("slow", 1)
    waiting(remote, cleared, other)
    cleared.send_signal(signal.SIGTERM)
    read_until(cleared, "keeps running: another task waits for it")
    finish()
    assert result(other) == SLOW
    assert list(made().values()) == ["Completed"]


@BOTH_MODES
def test_a_job_is_stopped_when_all_its_runs_are_cleared(remote, task, made):
    both = task("hanging", 0), task("hanging", 1)
    waiting(remote, *both)
    for process in both:
        assert list(made().values()) == ["InProgress"]
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)
    soon(lambda: list(made().values()) == ["Stopped"])


@BOTH_MODES
def test_a_try_restarts_the_job_that_was_stopped_while_it_shared_it(remote, task, made, finish, remote_environment):
    killed(task, made)
    other = task("slow")
    waiting(remote, other)
    [name] = made()
    simulated.aws(remote_environment["AWS_ENDPOINT_URL"], "sagemaker").stop_training_job(TrainingJobName=name)
    read_until(other, f"the training job {name} was stopped; starting it again")
    finish(lambda: sorted(made().values()) == ["Completed", "Stopped"])
    assert result(other) == SLOW


def test_a_waiter_whose_worker_died_counts_until_its_time_limit(remote, remote_environment):
    s3 = simulated.aws(remote_environment["AWS_ENDPOINT_URL"], "s3")
    waiters = Waiters(Results(s3, simulated.RESULTS), "shared-0")
    waiters.join("died", time.time() - 1)
    waiters.join("alive", time.time() + 60)
    waiters.join("cleared", time.time() + 60)
    assert not waiters.leave("cleared")
    assert waiters.leave("alive")


@BOTH_MODES
@pytest.mark.parametrize(
    ("behavior", "message"),
    [
        ("full", "out of memory: the heap is full, memory limit ml.m5.large; choose a larger instance_type"),
        ("killed", "out of memory: memory limit ml.m5.large reached; choose a larger instance_type"),
    ],
)
def test_names_the_instance_that_was_too_small_and_what_to_set(run, remote, behavior, message):
    instance, output = run(behavior, remote)
    assert instance.state == TaskInstanceState.FAILED
    assert f"AirflowException: {message} in the run's training_job or in PROPENSITY_SAGEMAKER" in output


def test_a_failed_job_does_not_block_the_next(run, remote, made):
    assert run("faulty", remote)[0].state == TaskInstanceState.FAILED
    first, second = sorted(made())
    key, number = first.split("-")
    assert len(key) == 32
    assert second == f"{key}-{int(number) + 1}"


def test_survives_throttling_and_a_lost_response(run, remote, control, made):
    control(throttle={"operation": "DescribeTrainingJob", "times": 2}, lose={"operation": "CreateTrainingJob"})
    assert run("noisy", remote)[0].state == TaskInstanceState.SUCCESS
    assert len(made()) == 1


def test_reports_what_sagemaker_rejects_and_what_may_pass(run, remote, control):
    control(fail={"operation": "CreateTrainingJob", "code": "AccessDeniedException", "message": "not this role"})
    assert "AirflowFailException: CreateTrainingJob: not this role" in run("noisy", remote)[1]
    full = {"operation": "CreateTrainingJob", "code": "ResourceLimitExceeded", "message": "no instance is left"}
    control(fail=full)
    assert "AirflowException: CreateTrainingJob: no instance is left" in run("noisy", remote)[1]


def test_a_run_may_choose_another_instance(bag, remote, remote_environment):
    chosen = {"training_job": {"instance_type": "ml.c5.xlarge", "seconds": 120}}
    assert bag["noisy_sagemaker"].test(run_conf=chosen).state == "success"
    sagemaker = simulated.aws(remote_environment["AWS_ENDPOINT_URL"], "sagemaker")
    newest = sagemaker.list_training_jobs(SortBy="CreationTime", SortOrder="Descending", MaxResults=1)
    job = sagemaker.describe_training_job(TrainingJobName=newest["TrainingJobSummaries"][0]["TrainingJobName"])
    assert job["ResourceConfig"]["InstanceType"] == "ml.c5.xlarge"
    assert job["StoppingCondition"]["MaxRuntimeInSeconds"] == 120


@BOTH_MODES
def test_ends_a_job_at_its_own_time_limit(run, remote, remote_environment, monkeypatch):
    settings = json.loads(remote_environment["PROPENSITY_SAGEMAKER"])
    settings["training"]["seconds"] = 3
    monkeypatch.setenv("PROPENSITY_SAGEMAKER", json.dumps(settings))
    assert "AirflowException: the time limit of 3 s is reached" in run("slow", remote)[1]
