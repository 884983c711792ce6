"""A task's process that is stopped or killed: a real process of its own runs the jar."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import FAKE_IMAGE, processes, soon


@pytest.fixture
def task(database):
    """Starts processes of the hanging task, and ends them with the test."""
    started = []

    def start(runner, *map_index):
        script = Path(__file__).with_name("run_behavior.py")
        started.append(subprocess.Popen([sys.executable, script, runner, *map_index], stderr=subprocess.DEVNULL))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


@pytest.fixture
def containers(engine):
    """Finds the containers of the hanging task; removes them after the test."""

    def find():
        # Not by containers.list, which looks at each again, when it may be gone.
        found = engine.api.containers(all=True, filters={"ancestor": FAKE_IMAGE, "label": "propensity.task=hanging"})
        return {container["Id"] for container in found}

    yield find
    for leftover in find():
        engine.api.remove_container(leftover, force=True)


def jars():
    """Process ids of the hanging jar, run as a process."""
    return processes("hanging")


def end(process, number):
    process.send_signal(number)
    process.wait(180)


def test_a_cleared_task_removes_its_container(containers, task):
    running = task("docker")
    soon(containers)
    end(running, signal.SIGTERM)
    assert not containers()


def test_the_next_try_removes_the_container_of_a_killed_one(containers, task):
    killed = task("docker")
    left = soon(containers)
    end(killed, signal.SIGKILL)
    assert containers() == left, "nobody else would have removed it"
    task("docker")
    soon(lambda: containers() and not containers() & left)


def test_the_next_try_of_a_mapped_task_leaves_its_siblings_alone(containers, task):
    killed = task("docker", "0")
    left = soon(containers)
    task("docker", "1")
    both = soon(lambda: len(containers()) == 2 and containers())
    end(killed, signal.SIGKILL)
    task("docker", "0")
    after = soon(lambda: not containers() & left and len(containers()) == 2 and containers())
    assert both - left < after, "the sibling works on"


def test_a_cleared_task_terminates_its_jar(task):
    running = task("process")
    soon(jars)
    end(running, signal.SIGTERM)
    assert not jars()


def test_a_killed_task_terminates_its_jar(task):
    running = task("process")
    soon(jars)
    end(running, signal.SIGKILL)
    soon(lambda: not jars(), 60)
