"""A stack of a test's own: its ports, its folder, its datasets."""

from __future__ import annotations

import configparser
import contextlib
import hashlib
import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xmlrpc.client import ServerProxy

import pytest
from machine import engine, free_block, free_ports, soon

from stack.airflow_api import AirflowApi
from stack.configuration.settings import Settings

PROJECT = Path(__file__).resolve().parents[2]
SIGNED_IN: dict[tuple[str, str], AirflowApi] = {}
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
            "PROPENSITY_FILES": str(self.files),
            "PROPENSITY_ENVIRONMENTS": str(Path(sys.prefix).parent),
            "PROPENSITY_RETRY_SECONDS": "1",
            **{name: str(port) for name, port in self.ports.items()},
        }
        for name in ("KAGGLE_USERNAME", "KAGGLE_KEY"):
            environment.pop(name, None)
        words = ["make", "--silent", target, *(f"{name}={value}" for name, value in variables.items())]
        done = subprocess.run(
            words, cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=1200, check=False
        )
        print(f"$ {' '.join(words)}\n{done.stdout}{done.stderr}")
        return done

    @property
    def files(self) -> Path:
        """Where data/ and models/ of this stack are."""
        return self.state.with_name("files")

    def run(self, **variables: str) -> str:
        """A run that must succeed; what it printed."""
        done = self.make("run", **variables)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def by_hand(self, *words: str) -> None:
        """Runs a jar as a person does, with what make env prints."""
        launcher = PROJECT / "airflow" / "image" / "propensity"
        environment = {"PATH": os.environ["PATH"], **self.environment()}
        subprocess.run([launcher, *words], env=environment, check=True, timeout=300)

    def shows_the_champions_report(self, name: str) -> bool:
        """Whether the model report in the stack's folder is that of the release ledger's champion."""
        store = self.state / "s3/propensity/store"
        last = json.loads(max((store / name / "releases").glob("*.json")).read_text())
        evaluation = store / last["champion"]["evaluation"].removeprefix("s3://propensity/store/")
        shown = self.state / "reports" / name / "model.html"
        return shown.read_bytes() == (evaluation / "report.html").read_bytes()

    def session(self) -> int:
        """The session of supervisord and all it started."""
        return int((self.state / "supervisord.session").read_text())

    def environment(self) -> dict[str, str]:
        """What make env prints, as a shell reads it."""
        words = [shlex.split(line) for line in self.make("env").stdout.splitlines()]
        assert {word for word, _ in words} == {"export"}
        return dict(setting.split("=", 1) for _, setting in words)

    def settings(self) -> Settings:
        """What its start settled."""
        return Settings(**json.loads((self.state / "settings.json").read_text()))

    def supervisor(self):
        """Its supervisord."""
        # Not in the environment of the bench.
        from supervisor.xmlrpc import SupervisorTransport

        configuration = configparser.RawConfigParser()
        configuration.read(self.state / "supervisord.conf")
        transport = SupervisorTransport(None, None, "unix://" + configuration["unix_http_server"]["file"])
        return ServerProxy("http://127.0.0.1", transport=transport).supervisor

    def label(self) -> str:
        """The label of its containers."""
        return "propensity.stack=" + hashlib.sha256(str(self.state.resolve()).encode()).hexdigest()[:12]

    def api(self) -> AirflowApi:
        """Airflow's REST API, signed in once: two of three requests would be for it."""
        settings = self.settings()
        login = (settings.airflow_url, settings.password)
        if login not in SIGNED_IN:
            SIGNED_IN[login] = AirflowApi(settings)
        return SIGNED_IN[login]

    def airflow(self, path: str, **query: str | int) -> dict:
        """Airflow's answer to a question of its REST API."""
        return self.api().call("GET", path, params=query)

    def trigger(self, dag: str, **conf) -> str:
        """Starts a run without waiting for it; its address in the REST API."""
        body = {"logical_date": None, "conf": conf}
        answer = self.api().call("POST", f"/dags/{dag}/dagRuns", json=body)
        return f"/dags/{dag}/dagRuns/{answer['dag_run_id']}"

    def succeeds(self, run: str) -> bool:
        """Waits until the run has ended, and says whether it has succeeded."""
        return soon(lambda: (state := self.airflow(run)["state"]) in ("success", "failed") and state) == "success"

    def works(self, dag: str, task: str) -> dict | None:
        """The task of the DAG's last run, if its jar is at work now."""
        found = self.task_instances(dag).get(task)
        if not found or found["state"] != "running":
            return None
        if docker := engine():
            run = f"propensity.run={found['dag_run_id']}"
            labels = [self.label(), run, f"propensity.task={task}"]
            return found if docker.api.containers(filters={"label": labels}) else None
        return found

    def task_instances(self, dag: str) -> dict[str, dict]:
        """The tasks of the DAG's last run."""
        found = self.airflow(f"{self.last_run(dag)}/taskInstances")["task_instances"]
        return {task["task_id"]: task for task in found}

    def clear(self, dag: str, task: str) -> None:
        """Clears one task of the DAG's last run, as the page's button does, and waits until the run has succeeded."""
        run = self.last_run(dag)
        body = {"dry_run": False, "dag_run_id": run.rpartition("/")[2], "task_ids": [task], "only_failed": False}
        self.api().call("POST", f"/dags/{dag}/clearTaskInstances", json=body)
        assert self.succeeds(run)

    def last_run(self, dag: str) -> str:
        """The address of the DAG's last run, in the REST API."""
        [last] = self.airflow(f"/dags/{dag}/dagRuns", order_by="-run_after", limit=1)["dag_runs"]
        return f"/dags/{dag}/dagRuns/{last['dag_run_id']}"

    def tries(self, dag: str) -> dict[str, int]:
        """How often each task of the last run was tried."""
        return {name: task["try_number"] for name, task in self.task_instances(dag).items()}

    def results(self, dag: str) -> dict[str, dict]:
        """What the tasks of the DAG's last run pushed."""
        run = self.last_run(dag)
        found = {}
        for task in TASKS:
            path = f"{run}/taskInstances/{task}/xcomEntries/result"
            entry = self.api().call("GET", path, missing_ok=True, params={"stringify": False})
            if entry is not None:
                value = entry["value"]
                found[task] = json.loads(value) if isinstance(value, str) else value
        return found


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
        assert one.make("purge", YES="1").returncode == 0
