"""Deferred tasks of a whole Airflow: its scheduler, its workers and its triggerer."""

from __future__ import annotations

import os
import random
import time

import airflow_processes
import pytest
from airflow_processes import COMPONENTS
from conftest import soon

pytestmark = pytest.mark.faults

CLEARS = int(os.environ.get("TEST_CLEARS") or 50)
TRIGGERER = COMPONENTS[-1]


@pytest.fixture(scope="module")
def airflow(remote_environment, tmp_path_factory):
    """An Airflow for the simulated account."""
    home = tmp_path_factory.mktemp("deferring")
    limits = {"TEST_TIMEOUT": "3600", "PROPENSITY_POLL_SECONDS": "1"}
    with airflow_processes.running(home, remote_environment | limits) as running:
        yield running


def deferred(airflow, run):
    """Waits until a trigger waits for the task's job, and returns the task."""

    def found():
        task = airflow.task(run)
        if task["state"] == "failed":
            # Airflow fails a task that is cleared while it is queued, without starting it.
            airflow.clear(run)
        return task["state"] == "deferred" and (task.get("triggerer_job") or None) and task

    return soon(found)


def test_a_triggerer_that_restarts_goes_on_and_stops_the_jobs_of_marked_tasks(airflow, left):
    slow = airflow.trigger("slow_ecs-deferred")
    marks = {
        airflow.trigger("hanging_ecs-deferred"): "failed",
        airflow.trigger("hanging_kubernetes-deferred"): "failed",
        airflow.trigger("hanging_sagemaker-deferred"): "success",
    }
    for run in (slow, *marks):
        deferred(airflow, run)
    soon(lambda: len(left("hanging")) == len(marks) and "working" in airflow.log(slow, 1))
    before = left("hanging")
    airflow.kill(TRIGGERER)
    airflow.start_component(TRIGGERER)
    assert soon(lambda: (state := airflow.task(slow)["state"]) in ("success", "failed") and state) == "success"
    assert airflow.log(slow, 1).splitlines().count("working") == 1
    assert left("hanging") == before
    for run, state in marks.items():
        airflow.mark(run, state)
    soon(lambda: not left("hanging"))


def test_tasks_that_are_cleared_at_any_moment_leave_nothing(airflow, left):
    """Two runs share each training job."""
    dags = [f"hanging_{runner}-deferred" for runner in ("ecs", "kubernetes", "sagemaker")]
    runs = [airflow.trigger(dag) for dag in dags for _ in range(2)]
    for _ in range(CLEARS):
        time.sleep(random.uniform(0, 3))
        airflow.clear(random.choice(runs))
    for run in runs:
        deferred(airflow, run)
    # A task of ECS and a pod for each run, and the training job that both share.
    soon(lambda: len(left("hanging")) == 5)
    for run in runs:
        airflow.mark(run, "failed")
    soon(lambda: not left("hanging"))
