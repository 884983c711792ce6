"""Deferred tasks of a whole Airflow: its scheduler, its workers and its triggerer."""

from __future__ import annotations

import os
import random
import subprocess
import time
from collections import Counter
from uuid import uuid4

import airflow_processes
import pytest
import simulated
from airflow_processes import COMPONENTS
from conftest import soon
from releases import Releases

pytestmark = pytest.mark.faults

CLEARS = int(os.environ.get("TEST_CLEARS") or 50)
TRIGGERER = COMPONENTS[-1]
STORE = f"s3://{simulated.BUCKET}/store"


@pytest.fixture(scope="module")
def airflow(remote_environment, tmp_path_factory):
    """An Airflow for the simulated account."""
    home = tmp_path_factory.mktemp("deferring")
    limits = {"TEST_TIMEOUT": "3600", "PROPENSITY_POLL_SECONDS": "1", "PROPENSITY_STORE": STORE}
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


class Deployments:
    """Runs that deploy releases to one endpoint of the account."""

    def __init__(self, airflow, account):
        self.airflow, self.account = airflow, account
        self.name = f"cleared-{uuid4().hex[:8]}"
        self.endpoint = f"propensity-dev-{self.name}"
        self.releases = Releases(simulated.aws(account, "s3"), simulated.BUCKET, self.name)
        self.sagemaker = simulated.aws(account, "sagemaker")

    def run(self):
        return self.airflow.trigger("deploy", release=self.releases.release(), endpoint=self.endpoint)

    def running(self):
        """The processes of jars that deploy."""
        found = subprocess.run(["pgrep", "-f", f"DeployTask.*{self.name}"], capture_output=True, check=False)
        return found.stdout.split()

    def assert_proven(self, *runs):
        """The last release is live and verified by each run, in one fleet, and nothing else runs or waits."""
        champion = self.releases.champions[-1]
        for run in runs:
            assert soon(lambda run=run: self._end(run)) == "success"
            result = self.airflow.result(run)
            assert result["uri"].endswith(f"/{self.name}/releases/{len(self.releases.champions):06}.json")
            assert (result["version"], result["model"]) == (champion["version"], champion["model"])
        described = self.sagemaker.describe_endpoint(EndpointName=self.endpoint)
        assert described["EndpointStatus"] == "InService"
        config = self.sagemaker.describe_endpoint_config(EndpointConfigName=described["EndpointConfigName"])
        tags = self.sagemaker.list_tags(ResourceArn=config["EndpointConfigArn"])["Tags"]
        assert {"Key": "propensity:model", "Value": champion["digest"]} in tags
        [fleet] = simulated.control(self.account)[self.endpoint]["fleets"]
        assert fleet["config"] == described["EndpointConfigName"]
        assert len(fleet["containers"]) == 1
        assert not self.running()
        soon(lambda: not self.airflow.triggers())

    def _end(self, run):
        task = self.airflow.task(run)
        if task["state"] == "failed" and "Pre Execute" not in self.airflow.log(run, task["try_number"]):
            # As in deferred: Airflow has not started it.
            self.airflow.clear(run)
            return False
        return task["state"] in ("failed", "success") and task["state"]


@pytest.fixture
def deployments(airflow, account):
    made = Deployments(airflow, account)
    yield made
    simulated.control(account, clear={})
    for found in made.sagemaker.list_endpoints(NameContains=made.endpoint)["Endpoints"]:
        made.sagemaker.delete_endpoint(EndpointName=found["EndpointName"])


def test_deployments_that_are_cleared_at_any_moment_leave_the_last_release_verified(airflow, deployments):
    """Two runs deploy to the same endpoint; one is cleared in each state, then both, while more is released."""
    simulated.control(deployments.account, hold={})
    run = deployments.run()
    soon(deployments.running)
    airflow.clear(run)
    runs = [run, deployments.run()]
    deferred(airflow, run)
    airflow.clear(run)
    soon(lambda: airflow.task(run)["try_number"] >= 3 and deferred(airflow, run))
    airflow.resize_pool(0)
    simulated.control(deployments.account, hold={"on": False})
    soon(lambda: airflow.task(run)["state"] == "scheduled")
    airflow.clear(run)
    airflow.resize_pool(128)
    found = Counter()
    for _ in range(CLEARS):
        time.sleep(random.uniform(0, 4))
        if random.random() < 0.5:
            deployments.releases.release()
        run = random.choice(runs)
        found[airflow.task(run)["state"]] += 1
        airflow.clear(run)
    print(f"cleared in these states: {found}")
    deployments.releases.release()
    for run in runs:
        airflow.clear(run)
    deployments.assert_proven(*runs)
