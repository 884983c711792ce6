"""Measures and prints the table."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from bench import containers, endpoint, measure, quality, servers, training, trigger
from bench.measure import PROJECT, task
from bench.table import Row, attempt, text

PARTS = ["python", "size", "endpoint", "containers", "trigger", "quality"]


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks/run", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="each once, and not the 10 million rows")
    parser.add_argument("--only", choices=PARTS, nargs="+", default=PARTS, metavar="PART", help=", ".join(PARTS))
    options = parser.parse_args()
    if not training.ROWS.is_file():
        sys.exit(f"the bench measures on {training.ROWS}, which is not there: set PROPENSITY_SHARED")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that servers end and files go
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="propensity-bench-") as temporary, ExitStack() as stack:
        folder = Path(temporary)
        measure.archive_classes()
        environment = stack.enter_context(servers.s3(folder))
        _measure(rows, environment, folder, stack, options)
    print(text(rows))
    sys.exit(not all(row.kept for row in rows))


def _measure(
    rows: list[Row], environment: dict[str, str], folder: Path, stack: ExitStack, options: argparse.Namespace
) -> None:
    times = 1 if options.quick else 3
    uris = training.artifacts(environment)
    if "python" in options.only:
        attempt(rows, "preprocess + train", lambda: training.beside_python(environment, uris, folder, times))
    if "size" in options.only:
        sizes = [381_109] if options.quick else [381_109, 10_000_000]
        attempt(rows, "preprocess by size", lambda: training.by_size(environment, folder, sizes, times))
    if "endpoint" in options.only:
        model, features = (servers.stored(folder, uris[task]) for task in ("train", "preprocess"))
        served = lambda: endpoint.rows(environment, uris["train"], model, features / "test-rows.csv")  # noqa: E731
        attempt(rows, "endpoint", served)
    if "containers" in options.only:
        attempt(rows, "tasks in containers", lambda: _done_already(environment, folder, uris, stack, times))
    if "trigger" in options.only:
        attempt(rows, "trigger to answer", lambda: trigger.rows(folder / "stack", times))
    if "quality" in options.only:
        attempt(rows, "quality", quality.rows)


def _done_already(
    environment: dict[str, str], folder: Path, uris: dict[str, str], stack: ExitStack, times: int
) -> list[Row]:
    """The whole chain once, so that each of its tasks finds its work done; MLflow listens, as it does in earnest."""
    environments = Path(os.environ.get("PROPENSITY_ENVIRONMENTS", PROJECT / ".propensity" / "environments"))
    mlflow = environments / "mlflow" / "bin" / "mlflow"
    environment = {**environment, **stack.enter_context(servers.mlflow(mlflow, folder))}
    spec = training.DATASET.read_text()
    commands = {
        "preprocess": ["preprocess", "--dataset", spec, "--raw", uris["download"]],
        "train": ["train", "--dataset", spec, "--features", uris["preprocess"], "--threads", str(training.THREADS)],
        "evaluate": ["evaluate", "--dataset", spec, "--model", uris["train"], "--features", uris["preprocess"]],
    }
    evaluation = task("evaluate", environment, dataset=spec, model=uris["train"], features=uris["preprocess"]).uri
    commands["register"] = ["register", "--dataset", spec, "--evaluation", evaluation]
    task("register", environment, dataset=spec, evaluation=evaluation)
    task("train", environment, dataset=spec, features=uris["preprocess"], threads=training.THREADS)
    return containers.rows(environment, commands, times)


main()
