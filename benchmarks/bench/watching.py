"""The captured rows of a day, counted by collect."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy
import polars

from bench.measure import LAUNCHER, java, least, progress, run, task
from bench.servers import stored
from bench.table import Row

ROWS = 1_000_000
DISTINCT = 100_000
"""Rows that are different; a day has each some times."""
TRAINING = 20_000
DAY = "2026-03-10"

NUMBERS, WHOLE, CATEGORIES, ORDINALS, DATES = 20, 10, 12, 6, 2
"""The 50 columns by kind: numbers of six digits or of few, words of 4 to 400 categories, ordinals, dates."""


def rows(environment: dict[str, str], folder: Path, times: int) -> list[Row]:
    """A million rows of 50 columns, in a segment a minute; the whole process, with a real S3 server."""
    progress(f"segments of {ROWS:,} rows, and collect")
    table = _table()
    dataset = folder / "watched.yaml"
    dataset.write_text(_specification(table))
    _labeled(table.head(TRAINING)).write_csv(folder / "watched.csv")
    table.write_csv(folder / "rows.csv")
    raw = task("download", environment, dataset=dataset, source=folder / "watched.csv").uri
    features = task("preprocess", environment, dataset=dataset, raw=raw).uri
    model = task("train", environment, dataset=dataset, features=features).uri
    run(
        java(
            "SyntheticCaptures",
            f"--csv={folder / 'rows.csv'}",
            "--name=watched",
            f"--model={_digest(stored(folder, model))}",
            f"--rows={ROWS}",
            f"--day={DAY}",
            f"--folder={stored(folder, environment['PROPENSITY_STORE'])}",
        )
    )
    collect = [str(LAUNCHER), "collect", "--force", f"--dataset={dataset}", f"--window={DAY}", f"--model={model}"]
    collected = least(times, lambda: run(collect, environment))
    profile = json.loads((stored(folder, collected.uri) / "profile.json").read_text())
    if (profile["rows"], profile["scored"], len(profile["columns"])) != (ROWS, ROWS, table.width):
        raise RuntimeError(f"collect counted {profile['rows']} rows, {profile['scored']} of them scored by the model")
    note = f"{collected.wall:.1f} s"
    return [
        Row(f"collect, {ROWS:,} rows of {table.width} columns", "CPU s", collected.cpu, 4, note=note),
        Row(f"collect, {ROWS:,} rows of {table.width} columns", "MiB", collected.rss, 250),
    ]


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
    return f"""name: watched
title: Captured rows
source: watched.csv
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
