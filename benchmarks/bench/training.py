"""preprocess and train, beside a Python process that does the same work."""

from __future__ import annotations

import sys
from pathlib import Path

from bench.measure import LAUNCHER, PROJECT, SHARED, Usage, least, progress, run, task
from bench.rows import repeated
from bench.table import Row

DATASET = PROJECT / "datasets" / "insurance.yaml"
ROWS = SHARED / "data" / "insurance" / "train.csv.gz"
PEER = PROJECT / "benchmarks" / "peers" / "preprocess_and_train.py"
THREADS = 2


def artifacts(environment: dict[str, str]) -> dict[str, str]:
    """The shared rows' raw data, features and model, by the task that made them."""
    progress("download, preprocess and train of the shared rows")
    raw = task("download", environment, dataset=DATASET, source=ROWS).uri
    features = task("preprocess", environment, dataset=DATASET, raw=raw).uri
    model = task("train", environment, dataset=DATASET, features=features, threads=THREADS).uri
    return {"download": raw, "preprocess": features, "train": model}


def beside_python(environment: dict[str, str], uris: dict[str, str], folder: Path, times: int) -> list[Row]:
    """The same rows again, and Python's peer."""
    progress("preprocess and train again, and Python's peer")
    preprocess = _again("preprocess", dataset=DATASET, raw=uris["download"])
    train = _again("train", dataset=DATASET, features=uris["preprocess"], threads=THREADS)
    peer = [sys.executable, str(PEER), str(ROWS), str(folder), str(THREADS)]
    preprocessed = least(times, lambda: run(preprocess, environment))
    trained = least(times, lambda: run(train, environment))
    python = least(times, lambda: run(peer))
    cpu = preprocessed.cpu + trained.cpu
    note = f"{preprocessed.cpu:.1f} + {trained.cpu:.1f}"
    return [
        Row("preprocess + train, 257,003 rows", "CPU s", cpu, 1.4 * python.cpu, python.cpu, note),
        Row("preprocess, 257,003 rows", "MiB", preprocessed.rss, 350, python.rss),
        Row("train, 257,003 rows", "MiB", trained.rss, 350, python.rss),
    ]


def by_size(environment: dict[str, str], folder: Path, sizes: list[int], times: int) -> list[Row]:
    """preprocess of the first size, as many rows as Kaggle's file has, and of larger ones beside it."""
    rows = []
    for size in sizes:
        progress(f"preprocess of {size:,} rows")
        usage = _preprocess(environment, folder, size, times if size == sizes[0] else 1)
        note = f"{usage.cpu:.1f} CPU s"
        rows.append(Row(f"preprocess, {size:,} rows", "s", usage.wall, 30 * rows[0].ours if rows else 2.5, note=note))
        if len(rows) > 1:
            rows.append(Row(f"preprocess, {size:,} rows", "MiB", usage.rss, 2048))
    return rows


def _preprocess(environment: dict[str, str], folder: Path, size: int, times: int) -> Usage:
    source = repeated(ROWS, size, folder / f"{size}.csv")
    raw = task("download", environment, dataset=DATASET, source=source).uri
    source.unlink()
    return least(times, lambda: run(_again("preprocess", dataset=DATASET, raw=raw), environment))


def _again(name: str, **options: object) -> list[str]:
    command = [str(LAUNCHER), name, "--force"]
    for option, value in options.items():
        command += [f"--{option}", str(value)]
    return command
