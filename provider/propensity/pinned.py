"""The specification that a run is pinned to: the text that its first task has read, even if the file changes later.

Each task that reads the specification pushes it as an XCom. The tasks after the first one take that of the first.
The first one itself, which loses its XComs when it is cleared, takes that of a task after it. Where several tasks
begin a run, each takes that of another one that has begun.
"""

from __future__ import annotations

from collections.abc import Iterable

from propensity.sdk import AirflowFailException

KEY = "specification"


def pinned(context, text: str, error: str | None = None) -> str:
    """The run's specification; ``text``, what the file holds now, where no task of the run has read one yet.

    :param error: why the file holds none now: of a run that has not begun, the reason of its failure
    """
    ti, dag = context["ti"], context["dag"]
    first = sorted(task.task_id for task in dag.roots)
    if ti.task_id not in first:
        sources = first
    else:
        others = [task for task in first if task != ti.task_id]
        # Its own, where it goes on after it was deferred: every other try has lost its XComs.
        sources = [ti.task_id, *others] + (sorted(set(dag.task_ids) - set(first)) if ti.try_number > 1 else [])
    found = _pushed(ti, sources) or text
    if error and not found:
        raise AirflowFailException(error)
    ti.xcom_push(key=KEY, value=found)
    return found


def _pushed(ti, tasks: Iterable[str]) -> str | None:
    """What one of these tasks, or its first instance, has pushed."""
    for task in tasks:
        for map_index in (-1, 0):
            text = ti.xcom_pull(task_ids=task, key=KEY, map_indexes=map_index)
            if text:
                return text
    return None
