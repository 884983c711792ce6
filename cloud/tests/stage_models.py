"""Models in a stage's ledger: the jars of a training, one after the other, on this machine."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from cloud.deployment.deploying import LAUNCHER
from cloud.stage import PROJECT

DATASET = PROJECT / "datasets" / "insurance.yaml"


class Training:
    """Trainings of insurance on the same rows.

    :param rows: the table, as a path or URI
    :param environment: what the jars run with; PROPENSITY_STORE is the stage's
    :param folder: takes what the jars say to each other
    """

    def __init__(self, rows: str, environment: dict[str, str], folder: Path):
        self._environment, self._result = environment, folder / "result.json"
        raw = self._run("download", f"--source={rows}")
        self._features = self._run("preprocess", f"--raw={raw}")

    def release(self, **parameters: float) -> None:
        """Releases one more model, regardless of the verdict."""
        words = (f"--features={self._features}", f"--parameters={json.dumps(parameters)}")
        model = self._run("train", *words)
        evaluation = self._run("evaluate", f"--features={self._features}", f"--model={model}")
        self._run("register", f"--evaluation={evaluation}", "--release=release", "--who=tests")

    def _run(self, task: str, *words: str) -> str:
        """Runs a task; the URI of what it made."""
        done = subprocess.run(
            [LAUNCHER, task, f"--dataset={DATASET}", *words, f"--result={self._result}"],
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return json.loads(self._result.read_text(encoding="utf-8"))["uri"]
