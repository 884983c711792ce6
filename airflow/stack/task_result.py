"""The result of a task, as it writes it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TaskResult:
    """The result of a task."""

    code: int
    uri: str = ""
    reason: str = ""
