"""The stage that a command is about."""

from __future__ import annotations

from pathlib import Path

from stack.failure import Failure

STAGES = ("dev", "uat", "prod")

PROJECT = Path(__file__).resolve().parents[1]
"""The repository's folder."""


def stage(name: str | None, *others: str) -> str:
    """The name of a stage; ``others`` are further names that a message lists.

    Raises:
        Failure: where there is no stage of this name
    """
    if name not in STAGES:
        message = f"STAGE={name}: no such stage" if name else "STAGE= is missing"
        raise Failure(f"{message}; one of {', '.join(STAGES + others)}", 2)
    return name


def tags(name: str) -> dict[str, str]:
    """What everything of a stage is tagged with, and found by."""
    return {"propensity:project": "propensity", "propensity:environment": name}
