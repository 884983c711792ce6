"""The context in which Airflow executes a task, for operators that are executed without a run."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any


def context(
    task_id: str,
    *,
    map_index: int = -1,
    retries: int = 0,
    state: str = "running",
    push: Callable[..., None] | None = None,
) -> dict[str, Any]:
    """The context of a run's only task, in its first try.

    :param retries: how many tries there may be after this one
    :param state: the task's state by Airflow's database
    :param push: what ``xcom_push`` does, with ``key`` and ``value``; nothing by default
    """
    instance = SimpleNamespace(
        dag_id="test",
        run_id="test",
        task_id=task_id,
        map_index=map_index,
        try_number=1,
        max_tries=retries,
        xcom_push=push or (lambda key, value: None),
        xcom_pull=lambda **what: None,
        get_task_states=lambda **what: {"test": {task_id: state}},
    )
    dag = SimpleNamespace(params={}, roots=[SimpleNamespace(task_id=task_id)], task_ids=[task_id])
    run = SimpleNamespace(conf={})
    task = SimpleNamespace(outlets=[])
    return {"dag": dag, "dag_run": run, "params": {}, "run_id": "test", "task": task, "ti": instance}
