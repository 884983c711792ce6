"""A run on Airflow, each task in a container: from its trigger to the proof that the endpoint answers."""

from __future__ import annotations

import contextlib
import io
import json
import urllib.request
from datetime import datetime
from pathlib import Path

from own_stack import Stack, own_stack

from bench import training
from bench.measure import progress
from bench.table import Row

DAG = "insurance_training"
TASKS = 6


def rows(folder: Path, times: int) -> list[Row]:
    """A run in which all is new, and the quickest of some in which all is there, on a stack of the bench's own."""
    progress("a run on Airflow, from its trigger to the endpoint's answer")
    folder.mkdir()
    # The stack's commands print for tests, keys among it; what went wrong is in the errors, too.
    with contextlib.redirect_stdout(io.StringIO()), own_stack(folder) as stack:
        started = stack.make("start", RUNNER="docker")
        if started.returncode != 0:
            raise RuntimeError(started.stderr)
        first = _run(stack, DATA=str(training.ROWS))
        again = min(_run(stack) for _ in range(times))
    return [
        Row("trigger to answer, 257,003 rows, containers", "s", first, 35),
        Row("trigger to answer, all there already, containers", "s", again, 20),
    ]


def _run(stack: Stack, **variables: str) -> float:
    """Seconds from the trigger until deploy had its proof; asks the endpoint, too, whether it has the run's model."""
    stack.run(**variables)
    tries = stack.tries(DAG)
    if tries != dict.fromkeys(tries, 1) or len(tries) != TASKS:
        raise RuntimeError(f"tasks were tried again: {tries}")
    model = stack.results(DAG)["train"]["uri"].rstrip("/")
    url = stack.environment()["ENDPOINT_URL_INSURANCE"] + "/api/v1/model"
    with urllib.request.urlopen(url, timeout=30) as answer:
        served = json.load(answer)["model"].rstrip("/")
    if served != model:
        raise RuntimeError(f"the endpoint answers with {served}, the run trained {model}")
    run = stack.last_run(DAG)
    begin = stack.airflow(run)["queued_at"]
    end = stack.airflow(f"{run}/taskInstances/deploy")["end_date"]
    return (datetime.fromisoformat(end) - datetime.fromisoformat(begin)).total_seconds()
