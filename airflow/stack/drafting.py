"""Drafts a dataset's file from a table."""

from __future__ import annotations

from pathlib import Path

from stack import jars, option_values, paths
from stack.failure import Failure


def draft(data: str | None, label: str | None, name: str | None, *, compare: bool) -> int:
    """Writes a dataset's file and a report, for review.

    Raises:
        Failure: where the file is not a table, the label is not clear, or the dataset exists already
    """
    if not data:
        raise Failure("DATA= is missing: the table, such as DATA=customers.csv", 2)
    if option_values.is_address(data):
        raise Failure(f"DATA={data}: a draft needs a file of this machine; download it first", 2)
    report = paths.STATE / "reports" / "{name}" / "draft.html"
    words = [f"--data={Path(data).expanduser()}", f"--datasets={_relative(paths.DATASETS)}"]
    words += [f"--report={_relative(report)}"]
    words += [f"--label={label}"] if label else []
    words += [f"--name={name}"] if name else []
    return jars.run_and_show("init", *words, *(["--compare"] if compare else []))


def _relative(path: Path) -> Path:
    """The path from the working folder where it is below it."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
