"""The fit alone, beside the same library called from Python."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from bench import training
from bench.measure import PROJECT, java, progress, run
from bench.table import Row

PEER = PROJECT / "benchmarks" / "peers" / "fit.py"


def rows(features: Path, times: int) -> list[Row]:
    """CPU seconds of a fit to the shared insurance rows: the least of some, with the same parameters and threads."""
    found = []
    for learner in ("xgboost", "lightgbm"):
        progress(f"the fit alone: {learner}")
        fits = []
        for _ in range(times):  # in turns, so that both have the same neighbours
            ours = _ours(learner, features)
            fits.append((ours, _peer(learner, features, ours)))
        ours, peer = (min(side, key=lambda fit: fit["cpu"]) for side in zip(*fits, strict=True))
        note = f"{ours['rounds']} and {peer['rounds']} rounds"
        found.append(Row(f"fit alone, {learner}", "CPU s", ours["cpu"], 1.1 * peer["cpu"], peer["cpu"], note))
    progress("the fit alone: logistic")
    ours = min(_ours("logistic", features)["cpu"] for _ in range(times))
    return [*found, Row("fit alone, logistic (no peer)", "CPU s", ours, float("inf"))]


def _ours(learner: str, features: Path) -> dict:
    return json.loads(
        run(
            java(
                "FitBenchmark",
                f"--dataset={training.DATASET}",
                f"--features={features}",
                f"--learner={learner}",
                f"--threads={training.THREADS}",
            )
        ).out
    )


def _peer(learner: str, features: Path, ours: dict) -> dict:
    command = [sys.executable, str(PEER), learner, str(features), str(training.THREADS), json.dumps(ours)]
    return json.loads(run(command).out)
