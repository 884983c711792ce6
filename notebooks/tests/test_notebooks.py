"""The notebooks run, and their output is that of their cells."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import nbformat
import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

import execute

JARS = Path(__file__).parents[2] / "build" / "jars" / "lib"
VARIABLES = ("DATASET", "DATA", "LEARNERS", "MLFLOW_TRACKING_URI")


def words(notebook) -> list[set[str]]:
    """What each cell says, but for its numbers and their order: they move with the datasets' parameters."""
    return [set(re.findall(r"[^\W\d]{2,}", " ".join(texts))) for texts in execute.texts(notebook)]


@pytest.mark.parametrize("file", execute.notebooks(), ids=lambda file: file.stem)
def test_prints_its_saved_output(file, monkeypatch):
    if not JARS.exists():
        (pytest.fail if os.environ.get("CI") else pytest.skip)("the jars are not built: make build")
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("OMP_WAIT_POLICY", "passive")
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    notebook = execute.executed(file)
    assert words(notebook) == words(nbformat.read(file, as_version=4))
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert any("image/svg+xml" in output.get("data", {}) for output in outputs), "it shows plots"
