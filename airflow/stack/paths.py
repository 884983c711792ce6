"""Where things lie: the project's folders and the local state's."""

from __future__ import annotations

import os
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
STATE = Path(os.environ.get("PROPENSITY_STATE") or PROJECT / ".propensity").resolve()
ENVIRONMENTS = Path(os.environ.get("PROPENSITY_ENVIRONMENTS") or STATE / "environments").resolve()
DATASETS = Path(os.environ.get("PROPENSITY_DATASETS") or PROJECT / "datasets").resolve()
FILES = Path(os.environ.get("PROPENSITY_FILES") or PROJECT).resolve()
"""Where data/ and models/ are: copies of what the store has, for people."""

BUILT_JARS = PROJECT / "build" / "jars"
S3_SERVER = PROJECT / "build" / "s3proxy"

JARS = STATE / "jars"
"""The jars that the stack runs: copies, since a build may replace its own at any time."""


def copied_jars(digest: str) -> Path:
    """Where a start copies the jars of this digest to."""
    return JARS / (digest.strip()[:16] or "none")


LOGS = STATE / "logs"
PASSWORD_FILE = STATE / "airflow" / "password"


def text(file: Path) -> str | None:
    """What the file holds, or nothing where there is none."""
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None


def write_private(file: Path, content: str) -> None:
    """Writes the file whole or not at all, for its owner's eyes only."""
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_name(file.name + ".partial")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        out.write(content)
    partial.replace(file)
