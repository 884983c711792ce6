"""What Evidently's default preset finds in the windows that the drift benchmark drew.

python drift.py SAMPLES CSV WINDOWS: prints the share of windows in which any column drifts, by change and size, as JSON

SAMPLES is the file of `drift table --samples`: the numbers of the training rows and of each window's rows, from 0.
WINDOWS is how many windows of each size are used.
"""

from __future__ import annotations

import json
import sys
import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
from evidently import DataDefinition, Dataset, Report
from evidently.presets import DataDriftPreset

REFERENCE_ROWS = 20_000
"""With all training rows, one report takes half a minute."""

NUMBERS = ["Age", "Annual_Premium", "Vintage"]
CATEGORIES = [
    "Gender",
    "Driving_License",
    "Region_Code",
    "Previously_Insured",
    "Vehicle_Age",
    "Vehicle_Damage",
    "Policy_Sales_Channel",
]
DEFINITION = DataDefinition(numerical_columns=NUMBERS, categorical_columns=CATEGORIES)


def age(rows: pd.DataFrame, _: np.random.Generator) -> None:
    rows["Age"] += 1


def premium(rows: pd.DataFrame, _: np.random.Generator) -> None:
    rows["Annual_Premium"] *= 1.05


def missing(rows: pd.DataFrame, random: np.random.Generator) -> None:
    rows.loc[random.random(len(rows)) < 0.02, "Annual_Premium"] = np.nan


def channel(rows: pd.DataFrame, random: np.random.Generator) -> None:
    rows.loc[random.random(len(rows)) < 0.01, "Policy_Sales_Channel"] = "new"


CHANGES: dict[str, Callable[[pd.DataFrame, np.random.Generator], None]] = {
    "nothing": lambda _rows, _random: None,
    "age": age,
    "premium": premium,
    "missing": missing,
    "channel": channel,
}


def main() -> None:
    samples = json.loads(Path(sys.argv[1]).read_text())
    table = pd.read_csv(sys.argv[2], usecols=NUMBERS + CATEGORIES)
    table[CATEGORIES] = table[CATEGORIES].astype(str)
    reference = _dataset(table.iloc[samples["training"][:REFERENCE_ROWS]])
    for size, windows in samples["windows"].items():
        for name, change in CHANGES.items():
            used = windows[: int(sys.argv[3])]
            found = [_drifted(reference, table.iloc[rows].copy(), change, i) for i, rows in enumerate(used)]
            shares = {
                "change": name,
                "rows": int(size),
                "repeats": len(found),
                "anyColumn": float(np.mean([columns["count"] > 0 for columns in found])),
                "dataset": float(np.mean([columns["share"] >= 0.5 for columns in found])),
            }
            print(json.dumps(shares), flush=True)


def _dataset(rows: pd.DataFrame) -> Dataset:
    return Dataset.from_pandas(rows, data_definition=DEFINITION)


def _drifted(
    reference: Dataset, window: pd.DataFrame, change: Callable[[pd.DataFrame, np.random.Generator], None], seed: int
) -> dict[str, float]:
    """How many columns drift by the preset's own rule, and their share."""
    change(window, np.random.default_rng(seed))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        result = Report([DataDriftPreset()]).run(_dataset(window), reference).dict()
    return result["metrics"][0]["value"]


if __name__ == "__main__":
    main()
