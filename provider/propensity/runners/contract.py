"""The contract of jars and Airflow tasks: options in, one result and an exit code out."""

from __future__ import annotations

import json
from typing import Any

from propensity.sdk import AirflowException, AirflowFailException, AirflowSkipException

HEAP_FULL = 3
"""Java's exit code with -XX:+ExitOnOutOfMemoryError, when its heap is full."""
KILLED = 137
"""The exit code of a killed process, most often for its memory."""


def arguments(options: dict[str, Any]) -> list[str]:
    """The options as command-line arguments.

    True is a flag; nothing, false and the empty text leave an option out, so that the jar's own
    default counts. Numbers, lists and mappings are JSON; the results of a mapped task are a list.
    """
    argv: list[str] = []
    for name, value in options.items():
        option = "--" + name.replace("_", "-")
        # By identity: 1 is equal to True, and 0 to False.
        if value is None or value is False or value == "":
            continue
        if value is True:
            argv.append(option)
        else:
            argv += [option, value if isinstance(value, str) else json.dumps(value, default=list)]
    return argv


def load(file) -> Any:
    """The result as the task has written it, from an open file."""
    try:
        return json.load(file)
    except ValueError as error:
        raise AirflowException(f"the task's result cannot be read: {error}") from error


def raise_for_exit_code(
    exit_code: int,
    result: Any,
    last_line: str,
    memory: str | None = None,
    memory_hint: str = "increase PROPENSITY_MEMORY",
) -> dict[str, Any]:
    """Returns the result of a task that succeeded; raises the Airflow exception of its exit code otherwise.

    :param memory: the limit, where the task ran out of memory
    :param memory_hint: how to set more memory
    """
    result = result if isinstance(result, dict) else {}
    reason = result.get("reason") or last_line or f"exit code {exit_code}"
    match exit_code:
        case 0:
            if not isinstance(result.get("uri"), str):
                raise AirflowException("the task ended with exit code 0, but wrote no result")
            return result
        case 2:
            raise AirflowFailException(reason)
        case 99:
            raise AirflowSkipException(reason)
        case _ if exit_code == HEAP_FULL:
            limit = f", memory limit {memory}" if memory else ""
            raise AirflowException(f"out of memory: the heap is full{limit}; {memory_hint}")
        case _ if exit_code == KILLED and memory:
            raise AirflowException(f"out of memory: memory limit {memory} reached; {memory_hint}")
        case _ if exit_code == KILLED:
            raise AirflowException(f"exit code {KILLED}: {reason}; if nobody killed it, memory ran out: {memory_hint}")
        case _:
            raise AirflowException(f"exit code {exit_code}: {reason}")
