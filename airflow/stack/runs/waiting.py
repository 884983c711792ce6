"""Why a run waits: another run of its DAG is active, or the DAG is paused."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote

from stack import wording
from stack.airflow_api import AirflowApi, Json

PAUSE = 3
"""Seconds between two looks."""

REMINDER = 30
"""Seconds until a line reports that the wait goes on."""

SLOW = 10
"""Seconds that the scheduler may take to start a run or its next task."""

AT_WORK = {"scheduled", "queued", "running", "restarting", "up_for_retry", "up_for_reschedule", "deferred"}


@dataclass(frozen=True)
class WaitReason:
    """What a run waits for."""

    headline: str
    details: tuple[str, ...] = ()
    """What to do about it, a line each."""


class Waiting:
    """What to print while a run waits."""

    def __init__(self, api: AirflowApi, dag: str, run: str, page: str):
        """:param page: the run's page in Airflow"""
        self._api, self._dag, self._run = api, dag, run
        self._runs_page = page.rpartition("/")[0]
        self._looked = self._printed = float("-inf")
        self._idle_since: float | None = None
        self._reasons: list[WaitReason] = []

    def lines(self, tasks: list[Json]) -> list[str]:
        """The lines to print now: at once what the run waits for, then from time to time that it still does."""
        now = time.monotonic()
        if any(task["state"] in AT_WORK for task in tasks):
            self._idle_since, self._reasons = None, []
            return []
        if self._idle_since is None:
            self._idle_since = now
        if now - self._looked < PAUSE:
            return []
        self._looked = now
        before, self._reasons = self._reasons, self._find(now - self._idle_since)
        if [reason.details for reason in self._reasons] != [reason.details for reason in before]:
            self._printed = now
            return [f"  {line}" for reason in self._reasons for line in (reason.headline, *reason.details)]
        if self._reasons != before or now - self._printed >= REMINDER:
            self._printed = now
            return [f"  after {now - self._idle_since:.0f} s: {reason.headline}" for reason in self._reasons]
        return []

    def _find(self, idle: float) -> list[WaitReason]:
        dag_page = self._runs_page.rpartition("/")[0]
        if self._api.call("GET", f"/dags/{self._dag}")["is_paused"]:
            return [WaitReason(f"waiting: {self._dag} is paused", (f"  to unpause it: {dag_page}",))]
        holders = []
        if self._api.call("GET", f"{self._runs}/{quote(self._run, safe='')}")["state"] == "queued":
            query = {"state": "running", "order_by": "run_after"}
            running = self._api.call("GET", self._runs, params=query)["dag_runs"]
            # Airflow counts the runs of a backfill apart; this run may have left the queue meanwhile.
            others = [run for run in running if run["dag_run_id"] != self._run]
            holders = [self._holder(run) for run in others if run["run_type"] != "backfill"]
        if not holders and idle > SLOW:
            return [
                WaitReason(
                    "waiting: the scheduler has not started a task",
                    (f"  to see whether it is running: {wording.command('status')}",),
                )
            ]
        return holders

    def _holder(self, run: Json) -> WaitReason:
        """The active run: since when, what it does, how to end it."""
        name = run["dag_run_id"]
        since = "" if run["start_date"] is None else f" since {_minute(run['start_date'])}"
        return WaitReason(
            f"waiting: {self._dag} allows one active run, which is {name}{since}; {self._work_of(run)}",
            (
                f"  page: {self._runs_page}/{quote(name, safe='')}",
                f"  to end it: {wording.command('endrun', RUN=f'{self._dag}/{name}')}",
            ),
        )

    def _work_of(self, run: Json) -> str:
        path = f"{self._runs}/{quote(run['dag_run_id'], safe='')}/taskInstances"
        tasks = self._api.call("GET", path, params={"limit": 100, "order_by": "id"})["task_instances"]
        names = dict.fromkeys(task["task_id"] for task in tasks if task["state"] in AT_WORK)
        if names:
            return f"its active tasks: {', '.join(names)}"
        date = run["logical_date"]
        if date and datetime.fromisoformat(date) > datetime.now(UTC):
            return f"its tasks start after its logical date, {_minute(date)}"
        return "none of its tasks is running"

    @property
    def _runs(self) -> str:
        return f"/dags/{self._dag}/dagRuns"


def _minute(date: str) -> str:
    return f"{datetime.fromisoformat(date).astimezone(UTC):%Y-%m-%d %H:%M} UTC"
