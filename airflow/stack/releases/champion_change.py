"""A promotion or rollback, as it is requested."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ChampionChange:
    """A change of the champion: which ledger and version, why, and by whom."""

    dataset: str | None = None
    version: int | None = None
    why: str | None = None
    who: str | None = None
