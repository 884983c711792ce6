"""The captured rows of a day, counted by collect and compared by monitor, and by Evidently."""

from __future__ import annotations

import hashlib
import json
import sys
from datetime import date, timedelta
from pathlib import Path

import first_release

from bench.captured import COLUMNS, NAME
from bench.measure import ENVIRONMENTS, LAUNCHER, PROJECT, Usage, java, least, progress, run, task
from bench.servers import stored
from bench.table import Row
from bench.tasks import tasks

PEER = PROJECT / "benchmarks" / "peers" / "watching.py"
ROWS = 1_000_000
DAY = date(2026, 3, 10)
HISTORY = 28
"""The days before, whose variation is the reference of the control charts."""
HISTORY_ROWS = 10_000
"""Of such a day. How long monitor takes does not depend on them."""


def rows(environment: dict[str, str], folder: Path, times: int, *, evidently: bool = False) -> list[Row]:
    """A million rows of 50 columns, in a segment each five minutes; whole processes, with a real S3 server.

    Args:
        evidently: also measures its report of as many rows against as many, once: some five CPU minutes, and 3.4 GiB
    """
    # In a process of its own: the memory of this one would count for those that it starts.
    run([sys.executable, "-P", "-m", "bench.captured", str(folder)])
    peer = _evidently(folder / "rows.csv") if evidently else None
    dataset, model = _trained(environment, folder)
    history = _watched(environment, folder, dataset, model)
    progress(f"collect and monitor of {ROWS:,} rows")
    collect = _task("collect", dataset=dataset, window=DAY, model=model)
    collected = least(times, lambda: run(collect, environment))
    profile = json.loads((stored(folder, collected.uri) / "profile.json").read_text())
    if (profile["rows"], profile["scored"], len(profile["columns"])) != (ROWS, ROWS, COLUMNS):
        raise RuntimeError(f"collect counted {profile['rows']} rows, {profile['scored']} of them scored by the model")
    monitor = _task("monitor", dataset=dataset, profile=collected.uri, who="bench")
    monitored = least(times, lambda: run(monitor, environment))
    state = json.loads((stored(folder, monitored.uri) / "monitoring.json").read_text())["state"]
    if state["learning"] or state["windows"] != history:
        raise RuntimeError(f"monitor compared with {state['windows']} windows")
    what = f"collect + monitor, {ROWS:,} rows of {COLUMNS} columns"
    cpu = f"{collected.cpu:.1f} + {monitored.cpu:.1f}; {collected.wall:.1f} + {monitored.wall:.1f} s"
    memory = f"{collected.rss:.0f} and {monitored.rss:.0f}"
    both = (collected.cpu + monitored.cpu, max(collected.rss, monitored.rss))
    return [
        Row(what, "CPU s", both[0], 5, peer and peer.cpu, cpu),
        Row(what, "MiB", both[1], 250, peer and peer.rss, memory),
    ]


def _evidently(rows: Path) -> Usage:
    progress(f"Evidently: {ROWS:,} rows against as many")
    python = ENVIRONMENTS / "evidently" / "bin" / "python"
    return run([str(python), "-P", str(PEER), str(rows), str(ROWS)])


def _trained(environment: dict[str, str], folder: Path) -> tuple[Path, str]:
    """The dataset's file, and its champion."""
    dataset = folder / f"{NAME}.yaml"
    raw = task("download", environment, dataset=dataset, source=folder / f"{NAME}.csv").uri
    features = task("preprocess", environment, dataset=dataset, raw=raw).uri
    model = task("train", environment, dataset=dataset, features=features).uri
    first_release.write(folder / "s3", environment["PROPENSITY_STORE"], NAME, model)
    return dataset, model


def _watched(environment: dict[str, str], folder: Path, dataset: Path, model: str) -> int:
    """Writes the segments of all days, and monitors those before; how many these are."""
    first = DAY - timedelta(days=HISTORY)
    progress(f"segments of {ROWS:,} rows, and {HISTORY} days before")
    for day, days, count, segments in ((first, HISTORY, HISTORY_ROWS, 24), (DAY, 1, ROWS, 288)):
        run(
            java(
                "SyntheticCaptures",
                f"--csv={folder / 'rows.csv'}",
                f"--name={NAME}",
                f"--model={_digest(stored(folder, model))}",
                f"--rows={count}",
                f"--day={day}",
                f"--days={days}",
                f"--segments={segments}",
                f"--folder={stored(folder, environment['PROPENSITY_STORE'])}",
            )
        )
    with tasks(environment, folder / "history.log") as jar:
        for number in range(HISTORY):
            profile = jar("collect", dataset=dataset, window=first + timedelta(days=number), model=model)
            jar("monitor", dataset=dataset, profile=profile, who="bench")
        # The scores of synthetic segments are not those of the model.
        jar("accept", name=NAME, who="bench", why="bench")
    return HISTORY


def _task(name: str, **options: object) -> list[str]:
    return [str(LAUNCHER), name, "--force", *(f"--{option}={value}" for option, value in options.items())]


def _digest(model: Path) -> str:
    """The digest that identifies a model: of its files, as the manifest lists them."""
    files = json.loads((model / "manifest.json").read_text())["files"]
    return hashlib.sha256(json.dumps(files, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
