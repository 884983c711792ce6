"""Tasks whose work is done already, in a container of the task image."""

from __future__ import annotations

import json
import subprocess
import time
from datetime import datetime
from pathlib import Path

from bench import servers, training
from bench.measure import PROJECT, progress, task
from bench.table import Row

IMAGE = "propensity-bench"


def rows(environment: dict[str, str], folder: Path, uris: dict[str, str], times: int) -> list[Row]:
    """Two rows a task: by the clock with Docker's part, and the JVM's part alone. MLflow listens, as in earnest."""
    progress("tasks whose work is done, in containers")
    subprocess.run([str(PROJECT / "airflow" / "image" / "build"), IMAGE], check=True, cwd=PROJECT, capture_output=True)
    found = []
    with servers.mlflow(folder) as mlflow:
        environment = {**environment, **mlflow}
        for name, command in _done(environment, uris).items():
            seconds = [_measure(environment, command) for _ in range(times + 1)][1:]
            wall, inside = min(seconds)
            found.append(Row(f"{name}, done already, container", "s", wall, 1.5))
            found.append(Row(f"{name}, done already, JVM alone", "s", inside, 1.0))
    return found


def _done(environment: dict[str, str], uris: dict[str, str]) -> dict[str, list[str]]:
    """The commands of tasks that find their work done, by their names."""
    spec = training.DATASET.read_text()
    options = {
        "preprocess": {"raw": uris["download"]},
        "train": {"features": uris["preprocess"], "threads": str(training.THREADS)},
        "evaluate": {"model": uris["train"], "features": uris["preprocess"]},
        "register": {},
        "predict": {"raw": uris["download"], "model": uris["train"]},
    }
    commands = {}
    for name, own in options.items():
        done = task(name, environment, dataset=spec, **own)
        if name == "evaluate":
            options["register"]["evaluation"] = done.uri
        commands[name] = [name, "--dataset", spec]
        for option, value in own.items():
            commands[name] += [f"--{option}", value]
    return commands


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
