"""What people see: aligned and wrapped on a terminal, in color unless NO_COLOR is set; plain lines in a pipe."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

PIPE_WIDTH = 200
"""Columns of a table in a pipe, if COLUMNS is not set."""

TITLE_WIDTH = 18


def console() -> Console:
    """The console of stdout."""
    width = None if sys.stdout.isatty() else int(os.environ.get("COLUMNS") or PIPE_WIDTH)
    return Console(width=width, highlight=False, markup=False, emoji=False, force_terminal=sys.stdout.isatty())


def table(*titles: str, no_wrap: Iterable[str] = ()) -> Table:
    """An empty table with these columns.

    Args:
        no_wrap: the titles of columns that are not folded on a narrow terminal
    """
    found = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for title in titles:
        found.add_column(title, overflow="fold", no_wrap=title in no_wrap)
    return found


def show(table: Table, indent: int = 0) -> None:
    """Prints a table; in a pipe without spaces at the ends of its lines."""
    shown, padded = console(), Padding(table, (0, 0, 0, indent), expand=False)
    if sys.stdout.isatty():
        shown.print(padded)
        return
    with shown.capture() as capture:
        shown.print(padded)
    print("\n".join(line.rstrip() for line in capture.get().splitlines()))


def facts(rows: Iterable[tuple[str, str]]) -> None:
    """Prints titles with their texts; on a terminal long texts are wrapped below their own beginning."""
    if not sys.stdout.isatty():
        for title, text in rows:
            print(f"  {title:{TITLE_WIDTH}} {text}")
        return
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True, min_width=TITLE_WIDTH)
    table.add_column(overflow="fold")
    for title, text in rows:
        style = "bold yellow" if title == "WARNING" else "bold"
        table.add_row(Text(f"  {title}", style), Text(text))
    console().print(table)


def heading(text: str, style: str = "bold") -> None:
    """Prints one line in a style."""
    console().print(Text(text, style), soft_wrap=True)
