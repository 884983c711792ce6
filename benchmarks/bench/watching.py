"""The captured rows of a day, counted by collect and compared by monitor, and by Evidently."""

from __future__ import annotations

import hashlib
import json
from datetime import date, timedelta
from pathlib import Path

import first_release
import numpy
import polars

from bench.measure import ENVIRONMENTS, LAUNCHER, PROJECT, Usage, java, least, progress, run, task
from bench.servers import stored
from bench.table import Row
from bench.tasks import tasks

PEER = PROJECT / "benchmarks" / "peers" / "watching.py"
NAME = "watched"
ROWS = 1_000_000
DISTINCT = 100_000
"""Rows that are different; a day has each some times."""
TRAINING = 20_000
DAY = date(2026, 3, 10)
HISTORY = 28
"""The days before, whose variation is the reference of the control charts."""
HISTORY_ROWS = 10_000
"""Of such a day. How long monitor takes does not depend on them."""

NUMBERS, WHOLE, CATEGORIES, ORDINALS, DATES = 20, 10, 12, 6, 2
"""The 50 columns by kind: numbers of six digits or of few, words of 4 to 400 categories, ordinals, dates."""


def rows(environment: dict[str, str], folder: Path, times: int, *, evidently: bool = False) -> list[Row]:
    """A million rows of 50 columns, in a segment each five minutes; whole processes, with a real S3 server.

    Args:
        evidently: also measures its report of as many rows against as many, once: some five CPU minutes, and 3.4 GiB
    """
    table = _table()
    table.write_csv(folder / "rows.csv")
    peer = _evidently(folder / "rows.csv") if evidently else None
    dataset, model = _trained(environment, folder, table)
    history = _watched(environment, folder, dataset, model)
    progress(f"collect and monitor of {ROWS:,} rows")
    collect = _task("collect", dataset=dataset, window=DAY, model=model)
    collected = least(times, lambda: run(collect, environment))
    profile = json.loads((stored(folder, collected.uri) / "profile.json").read_text())
    if (profile["rows"], profile["scored"], len(profile["columns"])) != (ROWS, ROWS, table.width):
        raise RuntimeError(f"collect counted {profile['rows']} rows, {profile['scored']} of them scored by the model")
    monitor = _task("monitor", dataset=dataset, profile=collected.uri, who="bench")
    monitored = least(times, lambda: run(monitor, environment))
    state = json.loads((stored(folder, monitored.uri) / "monitoring.json").read_text())["state"]
    if state["learning"] or state["windows"] != history:
        raise RuntimeError(f"monitor compared with {state['windows']} windows")
    what = f"collect + monitor, {ROWS:,} rows of {table.width} columns"
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


def _trained(environment: dict[str, str], folder: Path, table: polars.DataFrame) -> tuple[Path, str]:
    """The dataset's file, and its champion."""
    dataset = folder / f"{NAME}.yaml"
    dataset.write_text(_specification(table))
    _labeled(table.head(TRAINING)).write_csv(folder / f"{NAME}.csv")
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
    return HISTORY


def _task(name: str, **options: object) -> list[str]:
    return [str(LAUNCHER), name, "--force", *(f"--{option}={value}" for option, value in options.items())]


def _table() -> polars.DataFrame:
    """Rows without labels; each column is missing in 2% of them."""
    random = numpy.random.default_rng(1)
    days = numpy.datetime64("2020-01-01") + random.integers(0, 2000, (DATES, DISTINCT))
    columns = {f"number_{i}": random.normal(100 * i, 10 + i, DISTINCT).round(4) for i in range(NUMBERS)}
    columns |= {f"whole_{i}": random.poisson(5 + 3 * i, DISTINCT) for i in range(WHOLE)}
    columns |= {f"category_{i}": _words(random, 4 + 36 * i) for i in range(CATEGORIES)}
    columns |= {f"ordinal_{i}": _words(random, 3) for i in range(ORDINALS)}
    columns |= {f"date_{i}": days[i].astype(str) for i in range(DATES)}
    table = polars.DataFrame(columns).with_columns(polars.all().cast(polars.String))
    missing = {name: random.random(DISTINCT) < 0.02 for name in table.columns}
    return table.with_columns(
        polars.when(polars.Series(missing[name])).then(None).otherwise(polars.col(name)).alias(name)
        for name in table.columns
    )


def _words(random: numpy.random.Generator, count: int) -> numpy.ndarray:
    """Few words are frequent."""
    ranks = numpy.minimum(random.geometric(2 / count, DISTINCT), count)
    return numpy.char.add("value ", ranks.astype(str))


def _labeled(table: polars.DataFrame) -> polars.DataFrame:
    positive = (table["whole_0"].cast(polars.Int32).fill_null(0) > 6).cast(polars.Int8)
    return table.with_row_index("id").with_columns(positive.alias("bought"))


def _specification(table: polars.DataFrame) -> str:
    features = "\n".join(f"  - {{name: {name}, missing: true, {_kind(name)}}}" for name in table.columns)
    return f"""name: {NAME}
title: Captured rows
source: {NAME}.csv
identifier: id
label: {{column: bought, positive: "1", negative: "0"}}
features:
{features}
offer: {{gain: 5, cost: 1}}
"""


def _kind(column: str) -> str:
    if column.startswith("ordinal"):
        return "kind: ordinal, values: [value 1, value 2, value 3]"
    kind = column.split("_")[0]
    return f"kind: {'number' if kind == 'whole' else kind}"


def _digest(model: Path) -> str:
    """The digest that identifies a model: of its files, as the manifest lists them."""
    files = json.loads((model / "manifest.json").read_text())["files"]
    return hashlib.sha256(json.dumps(files, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
