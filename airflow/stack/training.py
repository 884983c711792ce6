"""A training run, from the trigger to its summary."""

from __future__ import annotations

import json
import os
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote

from stack import places
from stack.airflow_api import AirflowApi, Json
from stack.datasets import dataset_names
from stack.failure import Failure
from stack.settings import Settings

COMPUTATIONS = ("download", "preprocess", "train", "evaluate")
RELEASES = ("auto", "release", "challenger")
LAST_LINES = 15
PARSE_SECONDS = 90


@dataclass(frozen=True)
class Request:
    """What the person asked for, from make's variables."""

    dataset: str
    data: str | None
    learner: str | None
    parameters: Json
    release: str
    force: list[str]


def request() -> Request:
    """Reads and checks make's variables."""
    dataset = os.environ.get("DATASET") or "insurance"
    if dataset not in dataset_names():
        raise Failure(f"DATASET={dataset}: not in {places.DATASETS}, which has {', '.join(dataset_names())}", 2)
    release = os.environ.get("RELEASE") or "auto"
    if release not in RELEASES:
        raise Failure(f"RELEASE={release}: must be one of {', '.join(RELEASES)}", 2)
    force = (os.environ.get("FORCE") or "").replace(",", " ").split()
    force = list(COMPUTATIONS) if force == ["all"] else force
    if not set(force) <= set(COMPUTATIONS):
        raise Failure(f"FORCE={' '.join(force)}: must be all, or some of {', '.join(COMPUTATIONS)}", 2)
    return Request(
        dataset, os.environ.get("DATA") or None, os.environ.get("LEARNER") or None, _parameters(), release, force
    )


def _parameters() -> Json:
    text = os.environ.get("PARAMETERS") or "{}"
    try:
        parameters = json.loads(text)
    except ValueError:
        parameters = None
    if not isinstance(parameters, dict):
        raise Failure(f"""PARAMETERS={text}: must be JSON such as '{{"eta": 0.05}}'""", 2)
    return parameters


def wait_for_dag(api: AirflowApi, dag: str) -> None:
    """Waits until Airflow knows the data set's DAG as it is now; has the DAG file read again if need be."""
    deadline = time.monotonic() + PARSE_SECONDS
    asked = False
    while (known := api.call("GET", f"/dags/{dag}", missing_ok=True)) is None or known["is_stale"]:
        asked = asked or ask_to_parse(api)
        if time.monotonic() > deadline:
            raise Failure(
                f"Airflow does not know {dag} after {PARSE_SECONDS} s: see {places.LOGS}/airflow-dag-processor.log"
            )
        time.sleep(0.5)
    if known["is_paused"]:
        api.call("PATCH", f"/dags/{dag}", json={"is_paused": False})


def ask_to_parse(api: AirflowApi) -> bool:
    """Has the DAG file read now, by way of a DAG that is known of it; whether there was one."""
    dags = api.call("GET", "/dags", params={"tags": "propensity", "limit": 1})["dags"]
    if not dags:
        return False
    api.call("PUT", f"/parseDagFile/{dags[0]['file_token']}")
    return True


def trigger(api: AirflowApi, dag: str, wanted: Request, source: str | None) -> str:
    """Starts a run; its id. Named here, so that asking twice starts one."""
    conf = {
        "source": source,
        "learner": wanted.learner,
        "parameters": wanted.parameters,
        "release": wanted.release,
        "force": wanted.force,
    }
    run = f"manual__{datetime.now(UTC):%Y-%m-%dT%H-%M-%S}"
    api.call(
        "POST", f"/dags/{dag}/dagRuns", exists_ok=True, json={"dag_run_id": run, "logical_date": None, "conf": conf}
    )
    return run


def run_page(settings: Settings, dag: str, run: str, task: str | None = None) -> str:
    """Where Airflow shows the run, or one of its tasks."""
    page = f"{settings.airflow_url}/dags/{dag}/runs/{quote(run, safe='')}"
    return f"{page}/tasks/{task}" if task else page


def outputs(api: AirflowApi, dag: str, run: str, tasks: list[Json]) -> dict[str, Json]:
    """The result of each task that has one: its uri, status and reason."""
    found = {}
    for task in tasks:
        path = f"/dags/{dag}/dagRuns/{run}/taskInstances/{task['task_id']}/xcomEntries/result"
        entry = api.call("GET", path, missing_ok=True, params={"stringify": False})
        if entry is not None:
            value = entry["value"]
            found[task["task_id"]] = json.loads(value) if isinstance(value, str) else value
    return found


def last_words(api: AirflowApi, dag: str, run: str, task: Json) -> list[str]:
    """The last lines of a task's log."""
    path = f"/dags/{dag}/dagRuns/{run}/taskInstances/{task['task_id']}/logs/{max(1, task['try_number'])}"
    content = (api.call("GET", path, missing_ok=True, headers={"Accept": "application/json"}) or {}).get("content", [])
    lines = [event["event"] if isinstance(event, dict) else str(event) for event in content]
    lines = [line.rstrip() for text in lines for line in text.splitlines()]
    # Airflow folds what stands between its own marks.
    return [line for line in lines if line and not line.startswith("::")][-LAST_LINES:]
