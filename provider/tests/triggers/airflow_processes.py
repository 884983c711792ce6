"""A whole Airflow with a triggerer, in a folder of its own, and its REST API."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import requests
from conftest import TESTS, soon
from machine import free_ports

COMPONENTS = ("api-server", "dag-processor", "scheduler --skip-serve-logs", "triggerer --skip-serve-logs")


class Airflow:
    """The processes of an Airflow that has the tests' behaviors as its DAGs."""

    def __init__(self, home: Path, environment: dict[str, str]) -> None:
        self.home = home
        [port] = free_ports(1)
        self.url = f"http://127.0.0.1:{port}"
        bundle = "airflow.dag_processing.bundles.local.LocalDagBundle"
        folder = [{"name": "behaviors", "classpath": bundle, "kwargs": {"path": str(TESTS / "behaviors")}}]
        sections = {
            "API": {"HOST": "127.0.0.1", "PORT": port, "BASE_URL": self.url, "WORKERS": 1, "SECRET_KEY": "test"},
            "API_AUTH": {"JWT_SECRET": "a secret of the tests, which is long enough"},
            "CORE": {
                "DAGS_ARE_PAUSED_AT_CREATION": False,
                "EXECUTION_API_SERVER_URL": f"{self.url}/execution/",
                "EXECUTOR": "LocalExecutor",
                "LOAD_EXAMPLES": False,
                "PARALLELISM": 4,
                "SIMPLE_AUTH_MANAGER_ALL_ADMINS": True,
            },
            "DAG_PROCESSOR": {"DAG_BUNDLE_CONFIG_LIST": json.dumps(folder)},
            "DATABASE": {"SQL_ALCHEMY_CONN": f"sqlite:///{home}/airflow.db"},
            "LOGGING": {"BASE_LOG_FOLDER": home / "logs"},
            "SCHEDULER": {"SCHEDULER_IDLE_SLEEP_TIME": 0.5, "TASK_INSTANCE_HEARTBEAT_TIMEOUT": 900},
            "USAGE_DATA_COLLECTION": {"ENABLED": False},
        }
        variables = {
            f"AIRFLOW__{section}__{name}": str(value)
            for section, options in sections.items()
            for name, value in options.items()
        }
        self.environment = os.environ | environment | variables | {"AIRFLOW_HOME": str(home)}
        self.processes: dict[str, subprocess.Popen] = {}
        self.session = requests.Session()

    def start(self) -> None:
        """Starts all components, and waits until the API answers."""
        subprocess.run([_airflow(), "db", "migrate"], env=self.environment, check=True, capture_output=True)
        for component in COMPONENTS:
            self.start_component(component)
        token = soon(self._token)
        self.session.headers["Authorization"] = f"Bearer {token}"

    def start_component(self, component: str) -> None:
        """Starts one, whose output goes to a file."""
        with (self.home / f"{component.split()[0]}.log").open("ab") as output:
            self.processes[component] = subprocess.Popen(
                [_airflow(), *component.split()],
                env=self.environment,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def kill(self, component: str) -> None:
        """Kills one and all that it started."""
        process = self.processes.pop(component)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def call(self, method: str, path: str, **body: Any) -> Any:
        """The answer of the REST API."""
        arguments = {"params" if method == "GET" else "json": body}
        answer = self.session.request(method, f"{self.url}/api/v2{path}", timeout=60, **arguments)
        for _ in range(60):
            # SQLite is locked for a moment while another component writes.
            if answer.status_code != 500 or "Database error" not in answer.text:
                break
            time.sleep(0.5)
            answer = self.session.request(method, f"{self.url}/api/v2{path}", timeout=60, **arguments)
        assert answer.ok, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json()

    def trigger(self, dag: str, **conf: str) -> str:
        """Starts a run; its path in the API."""
        soon(lambda: self.session.get(f"{self.url}/api/v2/dags/{dag}", timeout=60).ok)
        made = self.call("POST", f"/dags/{dag}/dagRuns", logical_date=None, conf=conf)
        return f"/dags/{dag}/dagRuns/{made['dag_run_id']}"

    def task(self, run: str) -> dict[str, Any]:
        """The only task instance of a run."""
        [found] = self.call("GET", f"{run}/taskInstances")["task_instances"]
        return found

    def clear(self, run: str) -> None:
        """Clears the task of a run, which starts it again."""
        dag, name = run.split("/")[2], run.rpartition("/")[2]
        self.call("POST", f"/dags/{dag}/clearTaskInstances", dry_run=False, dag_run_id=name, only_failed=False)

    def mark(self, run: str, state: str) -> None:
        """Marks the task of a run."""
        task = self.task(run)["task_id"]
        self.call("PATCH", f"{run}/taskInstances/{task}", new_state=state)

    def triggers(self) -> list[int]:
        """The triggers that exist; Airflow deletes them some seconds after their task has gone on."""
        with contextlib.closing(sqlite3.connect(self.home / "airflow.db", timeout=60)) as database:
            return [row[0] for row in database.execute("SELECT id FROM trigger")]

    def result(self, run: str) -> dict[str, Any]:
        """The result of the task of a run."""
        task = self.task(run)["task_id"]
        found = self.call("GET", f"{run}/taskInstances/{task}/xcomEntries/result", deserialize=True)["value"]
        return json.loads(found) if isinstance(found, str) else found

    def resize_pool(self, slots: int) -> None:
        """Sets how many tasks may run at the same time."""
        self.call("PATCH", "/pools/default_pool?update_mask=slots", pool="default_pool", slots=slots)

    def log(self, run: str, attempt: int) -> str:
        """The log of a try, as the page shows it."""
        task = self.task(run)["task_id"]
        content = self.call("GET", f"{run}/taskInstances/{task}/logs/{attempt}")["content"]
        return "\n".join(str(line["event"]) if isinstance(line, dict) else line for line in content)

    def _token(self) -> str | None:
        with contextlib.suppress(requests.ConnectionError):
            answer = self.session.get(f"{self.url}/auth/token", timeout=60)
            if answer.ok:
                return answer.json()["access_token"]
        return None


@contextlib.contextmanager
def running(home: Path, environment: dict[str, str]) -> Iterator[Airflow]:
    """An Airflow that ends with the tests."""
    airflow = Airflow(home, environment)
    try:
        airflow.start()
        yield airflow
    finally:
        for component in list(airflow.processes):
            airflow.kill(component)


def _airflow() -> str:
    return str(Path(sys.executable).with_name("airflow"))
