"""Confirmation by the user before anything is created or deleted."""

from __future__ import annotations


def confirm(question: str, confirmed: bool) -> bool:
    """Whether a person says yes, or has confirmed it before; where nobody can answer, not."""
    if confirmed:
        return True
    try:
        return input(f"{question} [y/N] ").lower().startswith("y")
    except EOFError:
        # The next output starts on a line of its own.
        print()
        return False
