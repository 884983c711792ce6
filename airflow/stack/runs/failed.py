"""The summary of a failed run: the reason is printed last."""

from __future__ import annotations

from stack import paths
from stack.airflow_api import AirflowApi, Json
from stack.configuration.settings import USER, Settings
from stack.runs import live, training
from stack.runs.reasons import log, reason
from stack.runs.source import Source


def report(api: AirflowApi, settings: Settings, dag: str, run: str, tasks: list[Json], origin: Source) -> int:
    """Prints what failed and, last, why; 2 where user action is required, else 1."""
    failed: dict[str, list[Json]] = {}
    for task in (task for task in tasks if task["state"] == "failed"):
        failed.setdefault(task["task_id"], []).append(task)
    reasons = {live.name(first): reason(log(api, dag, run, first)) for first, *_ in failed.values()}
    for first, *others in failed.values():
        name = live.name(first)
        also = f" (and {len(others)} other instances)" if others else ""
        print(f"\n{name} failed{also}; log: {training.run_page(settings, dag, run, first)}")
        for line in reasons[name].lines:
            print(f"  {line}")
    print(f"sign in as {USER}; the password is in {paths.PASSWORD_FILE}\n")
    print(f"{dag} on {origin.description} failed", end="" if reasons else ": see the run's page\n")
    for name, found in reasons.items():
        print(f" in {name}: {as_typed(found.text, origin) or 'its process was killed'}")
    return 2 if reasons and all(found.user_action_required for found in reasons.values()) else 1


def as_typed(text: str, origin: Source) -> str:
    """The text with the source as it was typed, not its address for the tasks."""
    return text.replace(origin.uri, origin.description) if origin.uri else text
