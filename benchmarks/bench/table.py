"""The table: what was measured, beside what is aimed at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bench.measure import progress


@dataclass(frozen=True)
class Row:
    """One figure, with Python's where there is one, and the most that it may be."""

    what: str
    unit: str
    ours: float | None
    limit: float
    python: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        return self.ours / self.python if self.python and self.ours is not None else None

    @property
    def within(self) -> str:
        if self.ours is None:
            return "not measured"
        return "yes" if self.ours <= self.limit else "NO"


HEADER = ("what", "unit", "ours", "Python", "ratio", "at most", "within", "")


def text(rows: list[Row]) -> str:
    cells = [HEADER] + [
        (
            row.what,
            row.unit,
            _number(row.ours),
            _number(row.python),
            _number(row.ratio),
            _number(row.limit),
            row.within,
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
    """Adds what is measured; where that fails, a row that says so, and the bench goes on."""
    try:
        rows += measured()
        progress(text(rows))
    except Exception as error:
        rows.append(Row(what, "", None, 0, note=str(error).strip().splitlines()[-1][:120]))


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.2f}" if value < 10 else f"{value:.0f}"
