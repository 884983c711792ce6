"""Confirmation by the user before anything is created or deleted."""

from __future__ import annotations

import os


def confirm(question: str) -> bool:
    """Whether the user confirms, by the prompt or by YES=1; false without a terminal."""
    if os.environ.get("YES"):
        return True
    try:
        return input(f"{question} [y/N] ").lower().startswith("y")
    except EOFError:
        # The next output starts on a line of its own.
        print()
        return False
