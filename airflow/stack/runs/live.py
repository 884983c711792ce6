"""A run as it goes: one line a task, whether it has one instance or many."""

from __future__ import annotations

import shutil
import sys
import time
from collections import Counter
from datetime import UTC, datetime

from stack.airflow_api import AirflowApi, Json, Stopped
from stack.runs.reasons import log, reason
from stack.runs.waiting import Waiting

WORDS = {
    None: "waiting",
    "scheduled": "waiting",
    "queued": "waiting",
    "up_for_retry": "waiting for the next try",
    "upstream_failed": "not run",
}
PAUSE = 1.0
PAGE = 100
"""Tasks in one of Airflow's answers at most."""

WIDTH = 14
ENDED = ("success", "failed", "skipped", "upstream_failed", "removed")


def follow(api: AirflowApi, dag: str, run: str, page: str) -> tuple[str, list[Json]]:
    """Shows the tasks until the run ends; its state and the tasks, upstream ones first."""
    try:
        return _follow(api, dag, run, Waiting(api, dag, run, page))
    except KeyboardInterrupt:
        print(f"the run goes on: {page}", flush=True)
        raise
    except Stopped as error:
        raise Stopped(f"the stack was stopped; the run goes on after make start: {page}") from error


def _follow(api: AirflowApi, dag: str, run: str, waiting: Waiting) -> tuple[str, list[Json]]:
    screen = _Terminal() if sys.stdout.isatty() else _Plain()
    whys: dict[tuple, str] = {}
    while True:
        tasks = _instances(api, dag, run)
        tasks.sort(key=lambda task: (-task["priority_weight"], task["task_id"], task["map_index"]))
        for task in (task for task in tasks if task["state"] == "up_for_retry"):
            last = (name(task), task["try_number"])
            if last not in whys:
                whys[last] = reason(log(api, dag, run, task)).text
            task["why"] = whys[last]
        screen.show(tasks)
        # Each question costs the tasks some of their machine, so the run's state is asked for at its end only.
        if all(task["state"] in ENDED for task in tasks):
            state = api.call("GET", f"/dags/{dag}/dagRuns/{run}")["state"]
            if state in ENDED:
                return state, tasks
        elif lines_to_print := waiting.lines(tasks):
            screen.say(lines_to_print)
        time.sleep(PAUSE)


def _instances(api: AirflowApi, dag: str, run: str) -> list[Json]:
    """All tasks of the run, those of many instances too."""
    found: list[Json] = []
    page: list[Json] | None = None
    while page is None or len(page) == PAGE:
        query = {"limit": PAGE, "offset": len(found), "order_by": "id"}
        page = api.call("GET", f"/dags/{dag}/dagRuns/{run}/taskInstances", params=query)["task_instances"]
        found += page
    return found


def name(task: Json) -> str:
    """A task's name, with its place among many instances."""
    return task["task_id"] if task["map_index"] < 0 else f"{task['task_id']}[{task['map_index']}]"


def lines(tasks: list[Json]) -> list[str]:
    """A line for each task, one for all instances of a task that has many."""
    by_name: dict[str, list[Json]] = {}
    for task in tasks:
        by_name.setdefault(task["task_id"], []).append(task)
    return [line(found[0]) if found[0]["map_index"] < 0 else _line_of_many(found) for found in by_name.values()]


def line(task: Json) -> str:
    """A task's state, seconds and tries, and why it is tried again."""
    tries = task["try_number"]
    seconds = _seconds(task)
    word = WORDS.get(task["state"], task["state"])
    spent = "" if seconds is None else f"{seconds:7.1f} s"
    tried = "" if seconds is None else "1 try" if tries == 1 else f"{tries} tries"
    why = f": {task['why'].splitlines()[0]}" if task.get("why") else ""
    return f"  {name(task):{WIDTH}} {word:10} {spent:10}  {tried}{why}".rstrip()


def _line_of_many(tasks: list[Json]) -> str:
    """How many instances are done, the seconds of all together, and what the others do."""
    states = Counter(WORDS.get(task["state"], task["state"]) for task in tasks)
    done = states.pop("success", 0)
    spent = f"{sum(_seconds(task) or 0 for task in tasks):7.1f} s"
    others = ", ".join(f"{count} {word}" for word, count in states.items())
    share = f"{done}/{len(tasks)}"
    return f"  {tasks[0]['task_id']:{WIDTH}} {share:10} {spent:10}  {others}".rstrip()


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
        # A line that is broken would not be written over.
        shown = [text[: shutil.get_terminal_size().columns - 1] for text in lines(tasks)]
        up = f"\x1b[{self._height}A" if self._height else ""
        print(up + "".join(f"\x1b[2K{text}\n" for text in shown), end="", flush=True)
        self._height = len(shown)

    def say(self, said: list[str]) -> None:
        """Writes lines that stay, in the place of the tasks', which the next call of show writes below them."""
        up = f"\x1b[{self._height}A\x1b[J" if self._height else ""
        print(up + "".join(f"{text}\n" for text in said), end="", flush=True)
        self._height = 0


class _Plain:
    """Writes a line when a try ends."""

    def __init__(self) -> None:
        self._shown: set[tuple] = set()

    def show(self, tasks: list[Json]) -> None:
        for task in tasks:
            if task["state"] in (*ENDED, "up_for_retry"):
                event = (name(task), task["try_number"], task["state"])
                if event not in self._shown:
                    self._shown.add(event)
                    print(line(task), flush=True)

    def say(self, said: list[str]) -> None:
        """Writes lines about the run as a whole."""
        print("\n".join(said), flush=True)
