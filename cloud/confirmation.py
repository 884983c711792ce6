"""Confirmation by a person before anything is made or deleted."""

from __future__ import annotations

import os


def confirm(question: str) -> bool:
    """Whether a person says yes, or YES=1 did before; where nobody can answer, not."""
    if os.environ.get("YES"):
        return True
    try:
        return input(f"{question} [y/N] ").lower().startswith("y")
    except EOFError:
        # What is said next has a line of its own.
        print()
        return False
