"""A promotion or rollback, as it is requested."""

from __future__ import annotations

from dataclasses import dataclass

from stack import wording


@dataclass(frozen=True)
class ChampionChange:
    """A change of the champion: which ledger and version, why, and by whom."""

    dataset: str | None = None
    version: int | None = None
    why: str | None = None
    who: str | None = None

    def promotion_instead(self, task: str, name: str, reason: str, **where: str) -> str:
        """The command that the user may have meant by a rollback of a version that is not the champion; else empty."""
        if task != "rollback" or self.version is None or " is not the champion" not in reason:
            return ""
        return wording.command("promote", VERSION=str(self.version), DATASET=name, **where)
