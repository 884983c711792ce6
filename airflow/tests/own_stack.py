"""A stack of a test's own: its ports, its folder, its data sets."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

PROJECT = Path(__file__).resolve().parents[2]
TASKS = ("download", "preprocess", "train", "evaluate", "register", "deploy")


@dataclass(frozen=True)
class Stack:
    """A stack of its own beside any other on the machine."""

    state: Path
    datasets: Path
    ports: dict[str, int]

    def make(self, target: str, **variables: str) -> subprocess.CompletedProcess:
        environment = os.environ | {
            "PROPENSITY_STATE": str(self.state),
            "PROPENSITY_DATASETS": str(self.datasets),
            "PROPENSITY_ENVIRONMENTS": str(Path(sys.prefix).parent),
            **{name: str(port) for name, port in self.ports.items()},
        }
        for name in ("KAGGLE_USERNAME", "KAGGLE_KEY"):
            environment.pop(name, None)
        words = ["make", "--silent", target, *(f"{name}={value}" for name, value in variables.items())]
        done = subprocess.run(
            words, cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=900, check=False
        )
        print(f"$ {' '.join(words)}\n{done.stdout}{done.stderr}")
        return done

    def run(self, **variables: str) -> str:
        """A run that must succeed; what it printed."""
        done = self.make("run", **variables)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def session(self) -> int:
        """The session of supervisord and all it started."""
        return int((self.state / "supervisord.session").read_text())

    def environment(self) -> dict[str, str]:
        return dict(line.split("=", 1) for line in self.make("env").stdout.splitlines())

    def airflow(self, path: str, **query: str | int) -> dict:
        """Airflow's answer to a question of its REST API."""
        settings = self.environment()
        login = {"username": settings["AIRFLOW_USERNAME"], "password": settings["AIRFLOW_PASSWORD"]}
        token = requests.post(settings["AIRFLOW_URL"] + "/auth/token", json=login, timeout=60).json()["access_token"]
        headers = {"Authorization": f"Bearer {token}"}
        url = f"{settings['AIRFLOW_URL']}/api/v2{path}"
        return requests.get(url, params=query, headers=headers, timeout=60).json()

    def last_run(self, dag: str) -> str:
        """The address of the DAG's last run, in the REST API."""
        [last] = self.airflow(f"/dags/{dag}/dagRuns", order_by="-run_after", limit=1)["dag_runs"]
        return f"/dags/{dag}/dagRuns/{last['dag_run_id']}"

    def tries(self, dag: str) -> dict[str, int]:
        """How often each task of the last run was tried."""
        tasks = self.airflow(f"{self.last_run(dag)}/taskInstances")["task_instances"]
        return {task["task_id"]: task["try_number"] for task in tasks}

    def results(self, dag: str) -> dict[str, dict]:
        """What the tasks of the DAG's last run pushed."""
        run = self.last_run(dag)
        found = {}
        for task in TASKS:
            entry = self.airflow(f"{run}/taskInstances/{task}/xcomEntries/result", stringify="false")
            if (value := entry.get("value")) is not None:
                found[task] = json.loads(value) if isinstance(value, str) else value
        return found


def free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def free_block() -> int:
    """The begin of a block of ports that is free, for endpoints."""
    for base in range(21000, 30000, 250):
        try:
            for port in (*range(base, base + 4), *range(base + 100, base + 104)):
                with socket.socket() as probe:
                    probe.bind(("127.0.0.1", port))
        except OSError:
            continue
        return base
    raise AssertionError("no free ports")


@contextlib.contextmanager
def own_stack(folder: Path) -> Iterator[Stack]:
    """A stack, not yet started, that ends with the tests, however they end."""
    if not (PROJECT / "build" / "jars" / "code.sha256").exists():
        pytest.skip("the jars are not built: make build")
    datasets = folder / "datasets"
    datasets.mkdir()
    shutil.copy(PROJECT / "datasets" / "insurance.yaml", datasets)
    names = ("AIRFLOW_PORT", "MLFLOW_PORT", "S3_PORT")
    ports = dict(zip(names, free_ports(3), strict=True)) | {"ENDPOINT_PORT": free_block()}
    one = Stack(folder / "state", datasets, ports)
    try:
        yield one
    finally:
        one.make("purge", YES="1")
