"""The rows of a day, as an endpoint captures them, and a dataset's file and training rows of the same columns.

python -m bench.captured FOLDER: writes rows.csv, watched.csv and watched.yaml
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy
import polars

NAME = "watched"
DISTINCT = 100_000
"""Rows that are different; a day has each some times."""
TRAINING = 20_000

NUMBERS, WHOLE, CATEGORIES, ORDINALS, DATES = 20, 10, 12, 6, 2
"""The 50 columns by kind: numbers of six digits or of few, words of 4 to 400 categories, ordinals, dates."""
COLUMNS = NUMBERS + WHOLE + CATEGORIES + ORDINALS + DATES


def write(folder: Path) -> None:
    table = _table()
    table.write_csv(folder / "rows.csv")
    _labeled(table.head(TRAINING)).write_csv(folder / f"{NAME}.csv")
    (folder / f"{NAME}.yaml").write_text(_specification(table))


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


if __name__ == "__main__":
    write(Path(sys.argv[1]))
