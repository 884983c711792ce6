"""Measures and prints the table."""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from functools import cache
from pathlib import Path

from bench import (
    batch,
    capture,
    containers,
    drift,
    endpoint,
    fit,
    measure,
    outage,
    quality,
    servers,
    tables,
    training,
    trigger,
    upload,
    watching,
)
from bench.table import Row, attempt, text

Part = Callable[[], list[Row]]

ONLY_NAMED = {"evidently"}
"""The parts that are measured only if they are named."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks/run", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="each once, and not the 10 million rows")
    parser.add_argument("--only", nargs="+", metavar="PART", help="some parts of it: see benchmarks/README.md")
    parser.add_argument("--away", type=float, default=outage.AWAY, metavar="SECONDS", help="of S3, in the part outage")
    options = parser.parse_args()
    if not training.ROWS.is_file():
        sys.exit(f"the bench measures on {training.ROWS}, which is not there: set PROPENSITY_SHARED")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that servers end and files go
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="propensity-bench-") as temporary, ExitStack() as stack:
        folder = Path(temporary)
        measure.archive_classes()
        parts = _parts(stack.enter_context(servers.s3(folder)), folder, options)
        wanted = options.only or [name for name in parts if name not in ONLY_NAMED]
        if not set(wanted) <= set(parts):
            parser.error(f"the parts are {', '.join(parts)}")
        if "evidently" in wanted:  # measures the same, and more
            wanted = [name for name in wanted if name != "collect"]
        for name in wanted:
            attempt(rows, name, parts[name])
    print(text(rows))
    sys.exit(not all(row.kept for row in rows))


def _parts(environment: dict[str, str], folder: Path, options: argparse.Namespace) -> dict[str, Part]:
    """What can be measured, by its name; artifacts lie in the S3 server's folder."""
    times = 1 if options.quick else 3

    @cache
    def uris() -> dict[str, str]:
        return training.artifacts(environment)

    def artifact(task: str) -> Path:
        return servers.stored(folder, uris()[task])

    sizes = [381_109] if options.quick else [381_109, 10_000_000]
    return {
        "python": lambda: training.beside_python(environment, uris(), folder, times),
        "fit": lambda: fit.rows(artifact("preprocess"), times),
        "size": lambda: training.by_size(environment, folder, sizes, times),
        "predict": lambda: batch.rows(environment, folder, uris()["train"], times),
        "endpoint": lambda: endpoint.rows(
            environment, uris()["train"], artifact("train"), artifact("preprocess") / "test-rows.csv", times
        ),
        "capture": lambda: capture.rows(environment, folder, uris(), times),
        "outage": lambda: outage.rows(environment, folder, uris(), options.away),
        "upload": lambda: upload.rows(environment, folder, times),
        "collect": lambda: watching.rows(environment, folder, times),
        "evidently": lambda: watching.rows(environment, folder, 1, evidently=True),
        "drift": lambda: drift.rows(folder, *((20, 2) if options.quick else (100, 8))),
        "containers": lambda: containers.rows(environment, folder, uris(), times),
        "trigger": lambda: trigger.rows(folder / "stack", times),
        "quality": quality.rows,
        "tables": lambda: tables.rows(environment, folder),
    }


main()
