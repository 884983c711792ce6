"""Why a task failed, by its log."""

from __future__ import annotations

import re
from dataclasses import dataclass

from stack.airflow_api import AirflowApi, Json
from stack.failure import Failure

LAST_LINES = 15
JARS = "airflow.task.operators"
"""The beginning of the logger's name for the output of a task's jar."""

NON_RETRYABLE = "AirflowFailException"
"""The exception of an error that only a user can fix: the task is not retried."""


@dataclass(frozen=True)
class FailureReason:
    """Why a task failed."""

    text: str
    """Empty where its process was killed."""
    user_action_required: bool = False
    """Whether user action is required."""
    lines: tuple[str, ...] = ()
    """The last lines of the jar, where the reason alone may not be enough."""


def reason(events: list[Json]) -> FailureReason:
    """Why a task failed, by the events of its log."""
    details = [event["error_detail"][0] for event in events if event.get("error_detail")]
    if not details:
        return FailureReason("", lines=_last(events))
    detail = details[-1]
    # The jar's own message is more useful than its exit code.
    text = re.sub(r"^exit code \d+: ERROR ", "", str(detail["exc_value"]).strip()) or detail["exc_type"]
    if detail["exc_type"] == NON_RETRYABLE:
        return FailureReason(text, user_action_required=True)
    lines = tuple(line for line in _last(events) if not text.endswith(_without_level(line)))
    return FailureReason(text, lines=lines)


def progress(events: list[Json]) -> str:
    """What a running task's jar reported last; empty where it reported nothing yet."""
    lines = [line for line in _last(events) if not line.startswith("s3://")]
    return _without_level(lines[-1]) if lines else ""


def _without_level(line: str) -> str:
    """The line without the level with which earlier versions logged it."""
    return re.sub("^(ERROR|WARN|INFO|DEBUG) ", "", line)


def _last(events: list[Json]) -> tuple[str, ...]:
    """The jar's last lines; Airflow's, where there are none."""
    own = [event for event in events if str(event.get("logger", "")).startswith(JARS)] or events
    lines = [line.rstrip() for event in own for line in str(event["event"]).splitlines()]
    # Airflow folds what is between its own marks.
    return tuple([line for line in lines if line and not line.startswith("::")][-LAST_LINES:])


def log(api: AirflowApi, dag: str, run: str, task: Json) -> list[Json]:
    """The events of a task's last try."""
    path = f"/dags/{dag}/dagRuns/{run}/taskInstances/{task['task_id']}/logs/{max(1, task['try_number'])}"
    query = {"headers": {"Accept": "application/json"}, "params": {"map_index": task["map_index"]}}
    try:
        response = api.call("GET", path, missing_ok=True, **query) or {}
    except Failure:
        return []
    return [event if isinstance(event, dict) else {"event": str(event)} for event in response.get("content", [])]
