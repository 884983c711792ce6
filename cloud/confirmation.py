"""Confirmation by the user before anything is created or deleted."""

from __future__ import annotations


def confirm(question: str, confirmed: bool) -> bool:
    """Returns whether the user confirms; false without a terminal.

    Args:
        confirmed: whether the user has confirmed already
    """
    if confirmed:
        return True
    try:
        return input(f"{question} [y/N] ").lower().startswith("y")
    except EOFError:
        # The next output starts on a line of its own.
        print()
        return False
