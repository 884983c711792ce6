"""Tasks whose work is done already, in a container of the task image."""

from __future__ import annotations

import json
import subprocess
import time
from datetime import datetime

from bench.measure import PROJECT, progress
from bench.table import Row

IMAGE = "propensity-bench"


def rows(environment: dict[str, str], commands: dict[str, list[str]], times: int) -> list[Row]:
    """Two rows a task: by the clock with Docker's part, and the JVM's part alone."""
    progress("tasks whose work is done, in containers")
    subprocess.run([str(PROJECT / "airflow" / "image" / "build"), IMAGE], check=True, cwd=PROJECT, capture_output=True)
    found = []
    for name, command in commands.items():
        seconds = [_measure(environment, command) for _ in range(times + 1)][1:]
        wall, inside = min(seconds)
        found.append(Row(f"{name}, done already, container", "s", wall, 1.5))
        found.append(Row(f"{name}, done already, JVM alone", "s", inside, 1.0))
    return found


def _measure(environment: dict[str, str], command: list[str]) -> tuple[float, float]:
    settings = [f"--env={key}={value}" for key, value in environment.items() if key != "PROPENSITY_JARS"]
    name = f"propensity-bench-{time.time_ns()}"
    try:
        begin = time.perf_counter()
        done = subprocess.run(
            ["docker", "run", "--name", name, "--network=host", *settings, IMAGE, *command],
            capture_output=True,
            text=True,
        )
        wall = time.perf_counter() - begin
        state = json.loads(subprocess.check_output(["docker", "inspect", "--format", "{{json .State}}", name]))
    finally:
        subprocess.run(["docker", "rm", "--force", name], capture_output=True)
    if done.returncode not in (0, 99):
        raise RuntimeError(f"{command[0]} ended with {done.returncode}: {done.stderr}")
    return wall, (_time(state["FinishedAt"]) - _time(state["StartedAt"])).total_seconds()


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text[:26].rstrip("Z") + "+00:00")
