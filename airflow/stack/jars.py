"""The tasks' jars, run against the running stack as a person's shell would run them."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from stack import places
from stack.environment import components
from stack.settings import Settings

LAUNCHER = places.PROJECT / "airflow" / "image" / "propensity"


@dataclass(frozen=True)
class Result:
    """What a task made of it."""

    code: int
    uri: str = ""
    reason: str = ""


def run(settings: Settings, task: str, *words: str, environment: dict[str, str] | None = None) -> Result:
    """Runs a task and prints its one line: its reason, or all that it said where it failed."""
    with tempfile.TemporaryDirectory(prefix="propensity-") as folder:
        file = Path(folder, "result.json")
        done = subprocess.run(
            [LAUNCHER, task, *words, f"--result={file}"],
            env=components(settings) | (environment or {}),
            capture_output=True,
            text=True,
            check=False,
        )
        written = json.loads(file.read_text()) if file.exists() else {}
    reason = written.get("reason") or ""
    if done.returncode == 0:
        # Where a task prints more than its URI, that is its answer.
        print("\n".join([*([] if written.get("uri") else [done.stdout.rstrip()]), *([reason] if reason else [])]))
    else:
        print(reason or done.stderr.rstrip(), file=sys.stderr)
    return Result(done.returncode, written.get("uri") or "", reason)
