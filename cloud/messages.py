"""Numbers in messages."""

from __future__ import annotations


def counted(number: int, thing: str) -> str:
    """As ``1 instance`` and ``2 instances``."""
    return f"{number} {thing}" + ("" if number == 1 else "s")
