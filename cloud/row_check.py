"""Whether a file can be a dataset's rows: checked by the download jar, as every run checks them."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from cloud.stage import PROJECT
from stack.failure import Failure

LAUNCHER = PROJECT / "airflow" / "image" / "propensity"
JARS = PROJECT / "build" / "jars"
POLICIES = ("training", "scoring")


def check(dataset: str, file: Path, policy: str) -> None:
    """Rejects a file whose rows break the rules of the dataset; the policy ``scoring`` accepts rows without labels.

    Raises:
        Failure: with what is wrong, by line and column
    """
    if policy not in POLICIES:
        raise Failure(f"POLICY={policy}: one of {', '.join(POLICIES)}", 2)
    specification = PROJECT / "datasets" / f"{dataset}.yaml"
    done = subprocess.run(
        [LAUNCHER, "download", "--check", f"--policy={policy}", f"--dataset={specification}", f"--source={file}"],
        env=os.environ | {"PROPENSITY_JARS": str(JARS)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Failure(_rejection(done.stderr), done.returncode)


def _rejection(log: str) -> str:
    """What the task rejected: its error line, and those that belong to it."""
    lines = log.strip().splitlines()
    first = next((number for number, line in enumerate(lines) if line.startswith("ERROR ")), 0)
    return "\n".join(lines[first:]).removeprefix("ERROR ")
