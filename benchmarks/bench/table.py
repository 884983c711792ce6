"""The table: what was measured, beside what is aimed at."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass

from bench.measure import progress


@dataclass(frozen=True)
class Row:
    """One figure, with Python's where there is one, and the most that it may be: infinite for none; or the least."""

    what: str
    unit: str
    ours: float | None
    limit: float
    python: float | None = None
    note: str = ""
    least: bool = False

    @property
    def ratio(self) -> float | None:
        return self.ours / self.python if self.python and self.ours is not None else None

    @property
    def kept(self) -> bool:
        """Whether the figure is within its limit; one that could not be measured is not."""
        if self.ours is None:
            return False
        return self.ours >= self.limit if self.least else self.ours <= self.limit

    @property
    def verdict(self) -> str:
        if self.ours is None:
            return "FAILED"
        if self.limit == float("inf"):
            return ""
        return "yes" if self.kept else "NO"

    @property
    def bound(self) -> str:
        if self.ours is None or self.limit == float("inf"):
            return ""
        return f"{'≥' if self.least else '≤'} {_number(self.limit)}"


HEADER = ("what", "unit", "ours", "Python", "ratio", "limit", "kept", "")


def text(rows: list[Row]) -> str:
    cells = [HEADER] + [
        (
            row.what,
            row.unit,
            _number(row.ours),
            _number(row.python),
            _number(row.ratio),
            row.bound,
            row.verdict,
            row.note,
        )
        for row in rows
    ]
    widths = [max(len(line[column]) for line in cells) for column in range(len(HEADER))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if 2 <= column <= 5 else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in cells
    )


def attempt(rows: list[Row], what: str, measured: Callable[[], list[Row]]) -> None:
    """Adds what is measured and shows it; where that fails, a row that fails the bench, which goes on."""
    try:
        found = measured()
        progress(text(found))
    except Exception as error:
        progress("".join(traceback.format_exception(error)))
        found = [Row(what, "", None, 0, note=(str(error).strip().splitlines() or [repr(error)])[-1][:120])]
    rows += found


def _number(value: float | None) -> str:
    if value is None:
        return ""
    if value < 1:
        return f"{value:.4f}"
    return f"{value:.2f}" if value < 10 else f"{value:,.0f}"
