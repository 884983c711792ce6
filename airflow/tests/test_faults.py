"""The stack under blows: what is killed or stopped while a run goes on, and the run's right end all the same."""

from __future__ import annotations

import contextlib
import hashlib
import os
import random
import signal
import threading
import time
from pathlib import Path

import docker
import pytest
from own_stack import own_stack

pytestmark = pytest.mark.faults

DAG = "insurance_training"
KILLS = int(os.environ.get("N") or 0)
"""Containers to kill. Each blow costs a task's wait for its next try, so only make faults N=20 strikes at all."""


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    with own_stack(tmp_path_factory.mktemp("stack")) as one:
        assert one.make("start").returncode == 0
        one.run(DATA="sample:20000")
        yield one


def pids(stack, program: str) -> list[int]:
    """The program's processes, as its supervisord knows them."""
    lines = stack.make("status").stdout.splitlines()
    [line] = [line for line in lines if line.startswith(f"{program} ")]
    leader = int(line.split("pid ")[1].split(",")[0])
    group = os.getpgid(leader)
    return [pid for pid in (int(process.name) for process in Path("/proc").glob("[0-9]*")) if _group(pid) == group]


def _group(pid: int) -> int | None:
    try:
        return os.getpgid(pid)
    except ProcessLookupError:
        return None


def while_running(stack, blow, **variables: str):
    """Strikes beside a run; what the run printed."""
    thread = threading.Thread(target=blow)
    thread.start()
    try:
        return stack.run(**variables)
    finally:
        thread.join()


def await_task(stack, task: str) -> None:
    """Returns when the last run's task works."""
    until = time.monotonic() + 120
    while time.monotonic() < until:
        tasks = stack.airflow(f"{stack.last_run(DAG)}/taskInstances")["task_instances"]
        if any(found["task_id"] == task and found["state"] == "running" for found in tasks):
            return
        time.sleep(0.3)


def test_an_api_server_killed_during_a_training_costs_no_try(stack):
    def blow():
        await_task(stack, "train")
        for pid in pids(stack, "airflow-api-server"):
            os.kill(pid, signal.SIGKILL)

    while_running(stack, blow, DATA="sample:200000", PARAMETERS='{"eta": 0.02}')

    assert stack.tries(DAG)["train"] == 1


def test_a_run_outlives_ten_seconds_without_s3_and_mlflow(stack):
    def blow():
        await_task(stack, "preprocess")
        stopped = pids(stack, "s3") + pids(stack, "mlflow")
        for pid in stopped:
            os.kill(pid, signal.SIGSTOP)
        time.sleep(10)
        for pid in stopped:
            os.kill(pid, signal.SIGCONT)

    summary = while_running(stack, blow, DATA="sample:20000", FORCE="all")

    assert "unchanged since" in summary


def containers_killed_at_random_leave_the_right_result(stack):
    engine = engine_or_skip()
    ours = {"label": [f"propensity.dag={DAG}", f"propensity.stack={label(stack)}"]}
    chance = random.Random(5)
    before = stack.results(DAG)
    killed = 0
    while killed < KILLS:
        done = threading.Event()
        struck = []

        def blow(done=done, struck=struck):
            # Each task is tried five times in all: four blows a run leave it a way through.
            while not done.is_set() and len(struck) < 4:
                time.sleep(chance.uniform(0.2, 2))
                for container in engine.containers.list(filters=ours):
                    with contextlib.suppress(docker.errors.APIError):
                        container.kill()
                        struck.append(container.id)

        thread = threading.Thread(target=blow)
        thread.start()
        try:
            stack.run(DATA="sample:20000", FORCE="all")
        finally:
            done.set()
            thread.join()
        killed += len(struck)
        after = stack.results(DAG)
        assert {task: result["uri"] for task, result in after.items()} == {
            task: result["uri"] for task, result in before.items()
        }
    print(f"{killed} containers were killed at work")


if KILLS:
    test_containers_killed_at_random = containers_killed_at_random_leave_the_right_result


def engine_or_skip():
    """The Docker Engine; without one the test is skipped, but not in CI."""
    try:
        engine = docker.from_env()
        engine.ping()
    except docker.errors.DockerException as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"no Docker Engine answers: {error}")
    return engine


def label(stack) -> str:
    """The label by which the stack knows its containers."""
    return hashlib.sha256(str(stack.state.resolve()).encode()).hexdigest()[:12]
