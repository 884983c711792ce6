"""Outputs and summary of a step of GitHub Actions. Elsewhere nothing is written."""

from __future__ import annotations

import os
from pathlib import Path


def output(**values: str) -> None:
    """Sets the step's outputs, each one line.

    Raises:
        ValueError: where a value has more lines, which would set outputs of its own
    """
    for name, value in values.items():
        if len(value.splitlines()) > 1:
            raise ValueError(f"the output {name} has more than one line")
    _append("GITHUB_OUTPUT", "".join(f"{name}={value}\n" for name, value in values.items()))


def summary(markdown: str) -> bool:
    """Adds to the page of the run; whether there is one."""
    return _append("GITHUB_STEP_SUMMARY", markdown + "\n")


def _append(variable: str, text: str) -> bool:
    file = os.environ.get(variable)
    if not file:
        return False
    with Path(file).open("a", encoding="utf-8") as out:
        out.write(text)
    return True
