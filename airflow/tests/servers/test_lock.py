"""A program's start ends what its earlier start has left, and nothing else."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from machine import free_ports, soon

from stack.servers import ports, processes

LISTEN = "import socket, time; s = socket.create_server(('127.0.0.1', {port})); time.sleep(600)"
SLEEP = "import time; time.sleep(600)"
PARENT = "import subprocess, sys; subprocess.run([sys.executable, '-c', sys.argv[1]])"


@pytest.fixture
def started():
    """Starts a process as supervisord does, the leader of its own group; all of them end with the test."""
    every = []

    def start(*words: str, stack: str = "one") -> subprocess.Popen:
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": "airflow",
            "PROPENSITY_STACK_ID": f"{os.getpid()}-{stack}",
        }
        process = subprocess.Popen(
            words, env=environment, cwd=Path(__file__).parents[3], stderr=subprocess.PIPE, text=True, process_group=0
        )
        every.append(process)
        return process

    yield start
    for process in every:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def locked(name: str, port: int, *words: str) -> tuple[str, ...]:
    return (sys.executable, "-S", "-P", "-m", "stack.servers.lock", name, str(port), *words)


def python(code: str, *arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-c", code, *arguments)


def with_child(name: str, port: int) -> tuple[str, ...]:
    """A program whose child listens on the port, as MLflow's does."""
    return locked(name, port, *python(PARENT, LISTEN.format(port=port)))


def holder(port: int) -> int:
    return soon(lambda: ports.holders(port), 30)[0]


def kill(process: subprocess.Popen) -> None:
    process.kill()
    process.wait()


def test_a_start_ends_the_child_that_kept_the_port(started):
    [port] = free_ports(1)
    first = started(*with_child("mlflow", port))
    kept = holder(port)
    # Another stack's program of that name starts meanwhile.
    started(*locked("mlflow", 0, "true"), stack="two").wait()
    kill(first)
    assert ports.holders(port) == [kept], "the child outlives its killed parent"

    started(*with_child("mlflow", port))

    assert soon(lambda: [pid for pid in ports.holders(port) if pid != kept], 30)
    assert not processes.is_alive(kept)


def test_a_start_ends_a_child_that_does_not_listen_yet(started):
    first = started(*locked("mlflow", 0, *python(PARENT, SLEEP)))
    [child] = soon(lambda: children(first.pid), 30)
    kill(first)

    started(*locked("mlflow", 0, "true")).wait()

    soon(lambda: not processes.is_alive(child), 30)


def test_another_stack_and_another_program_keep_their_children(started):
    one, two = free_ports(2)
    other_stack, other_program = started(*with_child("mlflow", one), stack="two"), started(*with_child("s3", two))
    kept = [holder(one), holder(two)]
    kill(other_stack)
    kill(other_program)

    started(*locked("mlflow", 0, "true")).wait()

    assert [holder(one), holder(two)] == kept


def test_a_foreign_holder_is_named_and_left_alone(started):
    [port] = free_ports(1)
    foreign = started(*python(LISTEN.format(port=port)), stack="two")
    holder(port)

    program = started(*locked("mlflow", port, "true"))

    _, error = program.communicate(timeout=30)
    assert program.returncode == 1
    assert f"mlflow needs port {port}, but process {foreign.pid} ({sys.executable} -c import socket" in error
    assert "end that process, or stop the stack and start it with other ports" in error
    assert foreign.poll() is None


def test_another_program_of_the_stack_keeps_the_port(started):
    [port] = free_ports(1)
    s3 = started(*locked("s3", port, *python(LISTEN.format(port=port))))
    holder(port)

    program = started(*locked("mlflow", port, "true"))

    _, error = program.communicate(timeout=30)
    assert f"mlflow needs port {port}, but process {s3.pid}" in error
    assert s3.poll() is None


def test_a_killed_schedulers_idle_worker_ends_and_one_with_a_task_goes_on(started):
    # One child sleeps, and another has a child that does.
    code = "import os, time, subprocess, sys; os.fork() and subprocess.run([sys.executable, *sys.argv[1:]]); "
    words = ("-c", PARENT, SLEEP)
    first = started(*locked("airflow-scheduler", 0, *python(code + SLEEP, *words)))
    idle, busy = soon(lambda: sorted(children(first.pid), key=lambda pid: len(children(pid))) if two(first) else [], 30)
    [task] = children(busy)
    kill(first)

    started(*locked("airflow-scheduler", 0, "true")).wait()

    soon(lambda: not processes.is_alive(idle), 30)
    assert processes.is_alive(busy)
    assert processes.is_alive(task)


def two(scheduler: subprocess.Popen) -> bool:
    """Whether it has two children, of which one has a child."""
    found = children(scheduler.pid)
    return len(found) == 2 and any(children(pid) for pid in found)


def children(parent: int) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]
