"""A training run, from the trigger to its summary."""

from __future__ import annotations

import contextlib
import fcntl
import json
import secrets
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TextIO
from urllib.parse import quote

from stack import datasets, jars, paths
from stack.airflow_api import AirflowApi, Json
from stack.configuration.settings import Settings
from stack.failure import Failure
from stack.servers import lifecycle

PARSE_SECONDS = 90
SYNTHETIC = "SYNTHETIC DATA: the results say nothing about real customers."


@dataclass(frozen=True)
class TrainingRequest:
    """What a run is to train, and what becomes of it."""

    dataset: str
    data: str | None = None
    learner: str | None = None
    parameters: Json = field(default_factory=dict)
    release: str = "auto"
    force: list[str] = field(default_factory=list)

    def check(self) -> None:
        """Has the jar reject a wrong specification, learner or parameter before anything is started."""
        learner = [f"--learner={self.learner}"] if self.learner else []
        check(self.dataset, *learner, f"--parameters={json_text(self.parameters)}")

    def conf(self, source: str | None) -> Json:
        """The run's parameters."""
        return {
            "source": source,
            "learner": self.learner,
            "parameters": self.parameters,
            "release": self.release,
            "force": self.force,
        }


def check(dataset: str, *words: str) -> None:
    """Checks a dataset's file, and what these options put over it."""
    jars.check("train", "--check", f"--dataset={datasets.file(dataset)}", *words)


def json_text(value: Json) -> str:
    """JSON on one line."""
    return json.dumps(value)


def wait_for_dag(api: AirflowApi, dag: str) -> None:
    """Waits until Airflow knows the dataset's DAG as it is now; has the DAG file read again if need be."""
    deadline = time.monotonic() + PARSE_SECONDS
    requested = False
    while (known := api.call("GET", f"/dags/{dag}", missing_ok=True)) is None or known["is_stale"]:
        requested = requested or request_parsing(api)
        if time.monotonic() > deadline:
            raise Failure(
                f"Airflow does not know {dag} after {PARSE_SECONDS} s: see {paths.LOGS}/airflow-dag-processor.log", 1
            )
        time.sleep(0.5)


@contextlib.contextmanager
def unpaused(api: AirflowApi, settings: Settings, dag: str) -> Iterator[None]:
    """Unpauses a paused DAG for a run, prints that, and pauses it again, however the run or the wait for it ends.

    Of several runs at once, the last to end pauses it. Each holds a shared lock on the DAG's file,
    which notes that the DAG was paused; the note of a command that was killed is kept for the next.
    """
    file = paths.STATE / "unpaused" / dag
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a+", encoding="utf-8") as note:
        fcntl.flock(note, fcntl.LOCK_SH)
        ended = False
        try:
            if api.call("GET", f"/dags/{dag}")["is_paused"]:
                print(f"{dag} is paused: it is unpaused for this run, and paused again afterwards", flush=True)
                note.write("paused\n")
                note.flush()
                api.call("PATCH", f"/dags/{dag}", json={"is_paused": False})
            yield
            ended = True
        finally:
            note.seek(0)
            if note.read():
                _pause_again(api, settings, dag, note, ended)


def _pause_again(api: AirflowApi, settings: Settings, dag: str, note: TextIO, ended: bool) -> None:
    """Pauses the DAG, unless another command still has the lock."""
    try:
        fcntl.flock(note, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        print(f"{dag} stays unpaused for another run, and is paused again after that", flush=True)
        return
    try:
        api.call("PATCH", f"/dags/{dag}", json={"is_paused": True})
        rest = "" if ended else "; a run that has not ended continues when it is unpaused"
        print(f"{dag} is paused again{rest}", flush=True)
    except Failure:
        print(f"{dag} stays unpaused; to pause it: {settings.airflow_url}/dags/{dag}", file=sys.stderr)
    note.truncate(0)


def request_parsing(api: AirflowApi) -> bool:
    """Has the file of all DAGs read now, by way of a DAG that is known of it; whether there was one."""
    dags = api.call("GET", "/dags", params={"tags": "propensity", "limit": 1})["dags"]
    if not dags:
        return False
    api.call("PUT", f"/parseDagFile/{dags[0]['file_token']}")
    return True


def trigger(api: AirflowApi, dag: str, conf: Json) -> str:
    """Starts a run; its id. Named here, so that a repeated request starts only one; one on synthetic data is noted."""
    run = f"manual__{datetime.now(UTC):%Y-%m-%dT%H-%M-%S}-{secrets.token_hex(2)}"
    synthetic = str(conf.get("source") or "").startswith("synthetic:")
    body = {"dag_run_id": run, "logical_date": None, "conf": conf, "note": SYNTHETIC if synthetic else None}
    api.call("POST", f"/dags/{dag}/dagRuns", exists_ok=True, json=body)
    return run


def end_run(dag: str, run: str) -> None:
    """Marks a run as failed, so that the next one can start."""
    api = AirflowApi(lifecycle.running())
    path = f"/dags/{quote(dag, safe='')}/dagRuns/{quote(run, safe='')}"
    found = api.call("GET", path, missing_ok=True)
    if found is None:
        raise Failure(f"RUN={dag}/{run}: Airflow has no such run", 2)
    if found["state"] not in ("queued", "running"):
        raise Failure(f"RUN={dag}/{run}: the run has ended already: {found['state']}", 2)
    api.call("PATCH", path, json={"state": "failed"})
    print(f"the run {run} of {dag} is marked as failed; its running tasks are stopped")


def run_page(settings: Settings, dag: str, run: str, task: Json | None = None) -> str:
    """Where Airflow shows the run, or one of its tasks."""
    page = f"{settings.airflow_url}/dags/{dag}/runs/{quote(run, safe='')}"
    if task is None:
        return page
    mapped = f"/mapped/{task['map_index']}" if task["map_index"] >= 0 else ""
    return f"{page}/tasks/{task['task_id']}{mapped}"


def outputs(api: AirflowApi, dag: str, run: str, tasks: list[Json]) -> dict[str, Json]:
    """The result of each task that has one, but for those of many instances: its uri, status and reason."""
    found = {}
    for task in (task for task in tasks if task["map_index"] < 0):
        path = f"/dags/{dag}/dagRuns/{run}/taskInstances/{task['task_id']}/xcomEntries/result"
        entry = api.call("GET", path, missing_ok=True, params={"stringify": False})
        if entry is not None:
            value = entry["value"]
            found[task["task_id"]] = json.loads(value) if isinstance(value, str) else value
    return found
