"""A whole table scored by predict, beside a Python process that does the same work."""

from __future__ import annotations

import sys
from pathlib import Path

from bench import training
from bench.measure import LAUNCHER, PROJECT, least, progress, run, task
from bench.rows import repeated
from bench.servers import stored
from bench.table import Row

PEER = PROJECT / "benchmarks" / "peers" / "predict.py"
SIZE = 381_109


def rows(environment: dict[str, str], folder: Path, model: str, times: int) -> list[Row]:
    """As many insurance rows as Kaggle's file has, CSV to CSV, each time as a process of its own."""
    progress(f"predictions of {SIZE:,} rows, and Python's peer")
    table = repeated(training.ROWS, SIZE, folder / "batch.csv")
    raw = task("download", environment, dataset=training.DATASET, source=table, policy="scoring").uri
    predict = [str(LAUNCHER), "predict", "--force", "--dataset", str(training.DATASET), "--raw", raw, "--model", model]
    peer = [sys.executable, str(PEER), str(stored(folder, model)), str(table), str(folder / "predictions.csv")]
    predicted = least(times, lambda: run([*predict, "--threads", str(training.THREADS)], environment))
    python = least(times, lambda: run([*peer, str(training.THREADS)]))
    _same_scores(stored(folder, predicted.uri) / "predictions.csv", folder / "predictions.csv")
    table.unlink()
    note = f"{predicted.cpu:.1f} CPU s, Python {python.cpu:.1f}"
    return [
        Row(f"predict, {SIZE:,} rows", "s", predicted.wall, 2.5, python.wall, note),
        Row(f"predict, {SIZE:,} rows", "MiB", predicted.rss, 250, python.rss),
    ]


def _same_scores(ours: Path, python: Path) -> None:
    """Rejects a comparison of two that do not do the same."""
    with ours.open() as one, python.open() as other:
        for line, beside in zip(one, other, strict=True):
            ours_cells, cells = line.split(","), beside.split(",")
            same = ours_cells[0] == cells[0] and (cells[1] == "score" or float(cells[1]) == float(ours_cells[1]))
            if not same:
                raise RuntimeError(f"predict says {line.strip()}, Python {beside.strip()}")
