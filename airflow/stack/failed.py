"""What a person wants to know when a run has failed: the reason, once and last."""

from __future__ import annotations

from dataclasses import dataclass

from stack import live, places, training
from stack.airflow_api import AirflowApi, Json
from stack.failure import Failure
from stack.settings import USER, Settings
from stack.source import Source

LAST_LINES = 15
JARS = "airflow.task.operators"
"""The logger of what a task's jar says begins so."""

REFUSAL = "AirflowFailException"
"""What Airflow knows a refusal by: a person must act, so that it is not tried again."""


@dataclass(frozen=True)
class Reason:
    """Why a task failed."""

    text: str
    """Empty where it came to no end of its own."""
    refusal: bool = False
    """Whether a person must act."""
    lines: tuple[str, ...] = ()
    """What the jar said last, where the reason alone may not do."""


def tell(api: AirflowApi, settings: Settings, dag: str, run: str, tasks: list[Json], origin: Source) -> int:
    """Says what failed and, last, why; 2 where a person must act, else 1. Of many instances the first speaks."""
    failed: dict[str, list[Json]] = {}
    for task in (task for task in tasks if task["state"] == "failed"):
        failed.setdefault(task["task_id"], []).append(task)
    reasons = {live.name(first): reason(_log(api, dag, run, first)) for first, *_ in failed.values()}
    for first, *others in failed.values():
        name = live.name(first)
        also = f" ({len(others)} others too)" if others else ""
        print(f"\n{name} failed{also}, its log: {training.run_page(settings, dag, run, first)}")
        for line in reasons[name].lines:
            print(f"  {line}")
    print(f"sign in as {USER}; the password is in {places.PASSWORD_FILE}\n")
    print(f"{dag} on {origin.said} failed", end="" if reasons else ": see the run's page\n")
    for name, found in reasons.items():
        print(f" in {name}: {as_typed(found.text, origin) or 'it was ended from outside'}")
    return 2 if reasons and all(found.refusal for found in reasons.values()) else 1


def as_typed(text: str, origin: Source) -> str:
    """The text with the source as the person typed it, not where its file was laid for the tasks."""
    return text.replace(origin.uri, origin.said) if origin.uri else text


def reason(log: list[Json]) -> Reason:
    """Why a task failed, by its log's events."""
    details = [event["error_detail"][0] for event in log if event.get("error_detail")]
    if not details:
        return Reason("", lines=_last(log))
    detail = details[-1]
    text = str(detail["exc_value"]).strip() or detail["exc_type"]
    if detail["exc_type"] == REFUSAL:
        return Reason(text, refusal=True)
    lines = tuple(line for line in _last(log) if not text.endswith(line.partition(" ")[2]))
    return Reason(text, lines=lines)


def _last(log: list[Json]) -> tuple[str, ...]:
    """The jar's last lines; Airflow's, where it said none."""
    said = [event for event in log if str(event.get("logger", "")).startswith(JARS)] or log
    lines = [line.rstrip() for event in said for line in str(event["event"]).splitlines()]
    # Airflow folds what stands between its own marks.
    return tuple([line for line in lines if line and not line.startswith("::")][-LAST_LINES:])


def _log(api: AirflowApi, dag: str, run: str, task: Json) -> list[Json]:
    """The events of a task's last try."""
    path = f"/dags/{dag}/dagRuns/{run}/taskInstances/{task['task_id']}/logs/{max(1, task['try_number'])}"
    asked = {"headers": {"Accept": "application/json"}, "params": {"map_index": task["map_index"]}}
    try:
        answer = api.call("GET", path, missing_ok=True, **asked) or {}
    except Failure:
        return []
    return [event if isinstance(event, dict) else {"event": str(event)} for event in answer.get("content", [])]
