"""A run as it goes: one line a task."""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime

from stack.airflow_api import AirflowApi, Json

WORDS = {
    None: "waiting",
    "scheduled": "waiting",
    "queued": "waiting",
    "up_for_retry": "waiting for the next try",
    "upstream_failed": "not run",
}
PAUSE = 0.7
ENDED = ("success", "failed", "skipped", "upstream_failed", "removed")


def follow(api: AirflowApi, dag: str, run: str) -> tuple[str, list[Json]]:
    """Shows the tasks until the run ends; its state and the tasks, upstream ones first."""
    screen = _Terminal() if sys.stdout.isatty() else _Plain()
    while True:
        tasks = api.call("GET", f"/dags/{dag}/dagRuns/{run}/taskInstances")["task_instances"]
        tasks.sort(key=lambda task: (-task["priority_weight"], task["task_id"]))
        screen.show(tasks)
        # Each question costs the tasks some of their machine, so the run's state is asked for at its end only.
        if all(task["state"] in ENDED for task in tasks):
            state = api.call("GET", f"/dags/{dag}/dagRuns/{run}")["state"]
            if state in ENDED:
                return state, tasks
        time.sleep(PAUSE)


def line(task: Json) -> str:
    """A task's state, seconds and tries."""
    tries = task["try_number"]
    seconds = _seconds(task)
    word = WORDS.get(task["state"], task["state"])
    spent = "" if seconds is None else f"{seconds:7.1f} s"
    tried = "" if seconds is None else "1 try" if tries == 1 else f"{tries} tries"
    return f"  {task['task_id']:12} {word:10} {spent:10}  {tried}".rstrip()


def _seconds(task: Json) -> float | None:
    if task["try_number"] == 0:
        return None
    if task["duration"] is not None:
        return task["duration"]
    if task["state"] == "running" and task["start_date"]:
        return (datetime.now(UTC) - datetime.fromisoformat(task["start_date"])).total_seconds()
    return None


class _Terminal:
    """Writes the lines over those before."""

    def __init__(self) -> None:
        self._height = 0

    def show(self, tasks: list[Json]) -> None:
        up = f"\x1b[{self._height}A" if self._height else ""
        print(up + "".join(f"\x1b[2K{line(task)}\n" for task in tasks), end="", flush=True)
        self._height = len(tasks)


class _Plain:
    """Writes a line when a try ends."""

    def __init__(self) -> None:
        self._shown: set[tuple] = set()

    def show(self, tasks: list[Json]) -> None:
        for task in tasks:
            if task["state"] in (*ENDED, "up_for_retry"):
                event = (task["task_id"], task["try_number"], task["state"])
                if event not in self._shown:
                    self._shown.add(event)
                    print(line(task), flush=True)
