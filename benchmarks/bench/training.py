"""preprocess and train, beside a Python process that does the same work."""

from __future__ import annotations

import sys
from pathlib import Path

from bench.measure import LAUNCHER, PROJECT, SHARED, best, progress, run, task
from bench.rows import repeated
from bench.table import Row

DATASET = PROJECT / "datasets" / "insurance.yaml"
ROWS = SHARED / "insurance" / "train.csv.gz"
PEER = PROJECT / "benchmarks" / "peers" / "preprocess_and_train.py"
THREADS = 2


def beside_python(environment: dict[str, str], folder: Path, times: int) -> tuple[list[Row], dict[str, str]]:
    """The rows of the table, and the artifacts' URIs by task for what is measured next."""
    progress("download, preprocess and train of the shared rows, and Python's peer")
    raw = task("download", environment, dataset=DATASET, source=ROWS).uri
    features = task("preprocess", environment, dataset=DATASET, raw=raw).uri
    ours = best(times, lambda: run(_forced("preprocess", dataset=DATASET, raw=raw), environment))
    task("train", environment, dataset=DATASET, features=features, threads=THREADS)
    training = _forced("train", dataset=DATASET, features=features, threads=THREADS)
    trained = best(times, lambda: run(training, environment))
    peer = best(times, lambda: run([sys.executable, str(PEER), str(ROWS), str(folder), str(THREADS)]))
    cpu = ours.cpu + trained.cpu
    rows = [
        Row("preprocess + train, 257,003 rows", "CPU s", cpu, 1.4 * peer.cpu, peer.cpu, _parts(ours.cpu, trained.cpu)),
        Row("preprocess, 257,003 rows", "MiB", ours.rss, 350, peer.rss),
        Row("train, 257,003 rows", "MiB", trained.rss, 350, peer.rss),
    ]
    return rows, {"download": raw, "preprocess": features, "train": trained.uri}


def _parts(preprocess: float, train: float) -> str:
    return f"{preprocess:.1f} + {train:.1f}"


def _forced(name: str, **options: object) -> list[str]:

    command = [str(LAUNCHER), name, "--force"]
    for option, value in options.items():
        command += [f"--{option}", str(value)]
    return command


def preprocess_full_size(environment: dict[str, str], folder: Path, times: int) -> tuple[list[Row], float]:
    """381,109 rows, as many as Kaggle's file has; the rows and the seconds."""
    progress("preprocess of 381,109 rows")
    usages = _preprocess(environment, folder, 381_109, times)
    wall = min(usage.wall for usage in usages)
    return [Row("preprocess, 381,109 rows", "s", wall, 2.5)], wall


def preprocess_ten_million(environment: dict[str, str], folder: Path, full_size: float) -> list[Row]:
    progress("preprocess of 10 million rows")
    usage = _preprocess(environment, folder, 10_000_000, 1)[0]
    return [
        Row("preprocess, 10,000,000 rows", "s", usage.wall, 30 * full_size),
        Row("preprocess, 10,000,000 rows", "MiB", usage.rss, 2048),
    ]


def _preprocess(environment: dict[str, str], folder: Path, rows: int, times: int) -> list:
    source = repeated(ROWS, rows, folder / f"{rows}.csv")
    raw = task("download", environment, dataset=DATASET, source=source).uri
    source.unlink()
    command = _forced("preprocess", dataset=DATASET, raw=raw)
    return [run(command, environment) for _ in range(times)]
