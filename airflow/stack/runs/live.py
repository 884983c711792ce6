"""A run as it goes: one line a task, whether it has one instance or many."""

from __future__ import annotations

import sys
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime

from rich.live import Live
from rich.table import Table
from rich.text import Text

from stack import terminal
from stack.airflow_api import AirflowApi, Json, Stopped
from stack.runs.reasons import log, progress, reason
from stack.runs.waiting import Waiting

WORDS = {
    None: "waiting",
    "scheduled": "waiting",
    "queued": "waiting",
    "up_for_retry": "waiting for the next try",
    "upstream_failed": "not run",
}
STYLES = {"success": "green", "failed": "bold red", "running": "bold cyan", "up_for_retry": "yellow"}
"""Colors of states; other states are dim."""

PAUSE = 1.0
PROGRESS_SECONDS = 5
"""Seconds between two looks into the logs of running tasks."""

PAGE = 100
"""Tasks in one response of Airflow at most."""

WIDTH = 14
ENDED = ("success", "failed", "skipped", "upstream_failed", "removed")


@dataclass(frozen=True)
class TaskRow:
    """What is shown of a task."""

    name: str
    state: str
    word: str
    """The state in words, or how many of its instances are done."""
    seconds: float | None
    note: str = ""
    """Its tries where there were more than one, why it is tried again, what it does now."""

    def __str__(self) -> str:
        spent = "" if self.seconds is None else f"{self.seconds:7.1f} s"
        return f"  {self.name:{WIDTH}} {self.word:10} {spent:10}  {self.note}".rstrip()


def follow(api: AirflowApi, dag: str, run: str, page: str) -> tuple[str, list[Json]]:
    """Shows the tasks until the run ends; its state and the tasks, upstream ones first."""
    try:
        screen = _Terminal() if sys.stdout.isatty() else _Plain()
        with screen:
            return _follow(api, dag, run, Waiting(api, dag, run, page), screen)
    except KeyboardInterrupt:
        print(f"the run continues: {page}", flush=True)
        raise
    except Stopped as error:
        raise Stopped(f"the stack was stopped; the run continues after make start: {page}") from error


def _follow(
    api: AirflowApi, dag: str, run: str, waiting: Waiting, screen: _Terminal | _Plain
) -> tuple[str, list[Json]]:
    reasons: dict[tuple, str] = {}
    looked = time.monotonic()
    progress_by_task: dict[str, str] = {}
    while True:
        tasks = _instances(api, dag, run)
        tasks.sort(key=lambda task: (-task["priority_weight"], task["task_id"], task["map_index"]))
        for task in (task for task in tasks if task["state"] == "up_for_retry"):
            last = (name(task), task["try_number"])
            if last not in reasons:
                reasons[last] = reason(log(api, dag, run, task)).text
            task["reason"] = reasons[last]
        running = [task for task in tasks if task["state"] == "running"]
        if screen.shows_progress and time.monotonic() - looked > PROGRESS_SECONDS:
            looked = time.monotonic()
            progress_by_task = {
                name(task): progress(log(api, dag, run, task)) for task in running if task["map_index"] < 0
            }
        for task in running:
            task["progress"] = progress_by_task.get(name(task), "")
        screen.show(tasks)
        # Each request costs the tasks some of their machine, so the run's state is read at its end only.
        if all(task["state"] in ENDED for task in tasks):
            state = api.call("GET", f"/dags/{dag}/dagRuns/{run}")["state"]
            if state in ENDED:
                return state, tasks
        elif lines_to_print := waiting.lines(tasks):
            screen.print_lines(lines_to_print)
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


def rows(tasks: list[Json]) -> list[TaskRow]:
    """A row for each task, one for all instances of a task that has many."""
    by_name: dict[str, list[Json]] = {}
    for task in tasks:
        by_name.setdefault(task["task_id"], []).append(task)
    return [row(found[0]) if found[0]["map_index"] < 0 else _row_of_many(found) for found in by_name.values()]


def row(task: Json) -> TaskRow:
    """A task's state and seconds; its tries where it was tried again, and why."""
    seconds, tries = _seconds(task), task["try_number"]
    notes = [f"{tries} tries"] if seconds is not None and tries > 1 else []
    notes += [note.splitlines()[0] for note in (task.get("reason"), task.get("progress")) if note]
    return TaskRow(name(task), task["state"] or "", WORDS.get(task["state"], task["state"]), seconds, ": ".join(notes))


def _row_of_many(tasks: list[Json]) -> TaskRow:
    """How many instances are done, the seconds of all together, and what the others do."""
    states = Counter(WORDS.get(task["state"], task["state"]) for task in tasks)
    done = states.pop("success", 0)
    others = ", ".join(f"{count} {word}" for word, count in states.items())
    found = {task["state"] for task in tasks}
    state = next((each for each in ("failed", "running") if each in found), "success" if found == {"success"} else "")
    seconds = sum(_seconds(task) or 0 for task in tasks)
    return TaskRow(tasks[0]["task_id"], state, f"{done}/{len(tasks)}", seconds, others)


def _seconds(task: Json) -> float | None:
    if task["try_number"] == 0:
        return None
    if task["duration"] is not None:
        return task["duration"]
    if task["state"] == "running" and task["start_date"]:
        return (datetime.now(UTC) - datetime.fromisoformat(task["start_date"])).total_seconds()
    return None


class _Terminal:
    """Shows a table of the tasks, again and again in the same place."""

    shows_progress = True

    def __init__(self) -> None:
        self._live = Live(console=terminal.console(), auto_refresh=False, redirect_stdout=False, redirect_stderr=False)

    def __enter__(self) -> None:
        self._live.start()

    def __exit__(self, *_) -> None:
        self._live.stop()

    def show(self, tasks: list[Json]) -> None:
        shown = rows(tasks)
        table = Table.grid(padding=(0, 2, 0, 0))
        # Only the note is cut where the terminal is too narrow.
        table.add_column(no_wrap=True, min_width=max(len(each.name) for each in shown) + 2)
        table.add_column(no_wrap=True, min_width=max(len(each.word) for each in shown))
        table.add_column(no_wrap=True, min_width=len("9999.9 s"), justify="right")
        table.add_column(no_wrap=True, overflow="ellipsis")
        for each in shown:
            style = STYLES.get(each.state, "dim")
            spent = "" if each.seconds is None else f"{each.seconds:.1f} s"
            table.add_row(f"  {each.name}", Text(each.word, style), Text(spent, "dim"), Text(each.note))
        self._live.update(table, refresh=True)

    def print_lines(self, lines: list[str]) -> None:
        """Prints lines above the table, which stay."""
        for text in lines:
            self._live.console.print(Text(text))


class _Plain:
    """Writes a line when a try ends."""

    shows_progress = False

    def __init__(self) -> None:
        self._shown: set[tuple] = set()

    def __enter__(self) -> None:
        pass

    def __exit__(self, *_) -> None:
        pass

    def show(self, tasks: list[Json]) -> None:
        for task in tasks:
            if task["state"] in (*ENDED, "up_for_retry"):
                event = (name(task), task["try_number"], task["state"])
                if event not in self._shown:
                    self._shown.add(event)
                    print(row(task), flush=True)

    def print_lines(self, lines: list[str]) -> None:
        """Writes lines about the run as a whole."""
        print("\n".join(lines), flush=True)
