"""What other rules find in the windows that the drift benchmark drew.

python drift.py SAMPLES CSV WINDOWS: prints the share of windows in which any column drifts, by change and size, as
JSON: by Evidently's default preset, by a population stability index above 0.1, and by p-values below 0.05, uncorrected

SAMPLES is the file of `drift table --samples`: the numbers of the training rows and of each window's rows, from 0.
WINDOWS is how many windows of each size Evidently gets, whose reports take long; the other rules get all.
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
from scipy.stats import chi2_contingency, ks_2samp

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
    training = table.iloc[samples["training"][:REFERENCE_ROWS]]
    reference = _dataset(training)
    few = int(sys.argv[3])
    for size, windows in samples["windows"].items():
        for name, change in CHANGES.items():
            changed = [_changed(table.iloc[rows].copy(), change, i) for i, rows in enumerate(windows)]
            found = [_drifted(reference, window) for window in changed[:few]]
            shares = {
                "change": name,
                "rows": int(size),
                "repeats": len(found),
                "evidently": float(np.mean([one["count"] > 0 for one in found])),
                "dataset": float(np.mean([one["share"] >= 0.5 for one in found])),
                "psi": float(np.mean([_any(training, window, _has_psi) for window in changed])),
                "p": float(np.mean([_any(training, window, _is_significant) for window in changed])),
            }
            print(json.dumps(shares), flush=True)


def _changed(
    rows: pd.DataFrame, change: Callable[[pd.DataFrame, np.random.Generator], None], seed: int
) -> pd.DataFrame:
    change(rows, np.random.default_rng(seed))
    return rows


def _dataset(rows: pd.DataFrame) -> Dataset:
    return Dataset.from_pandas(rows, data_definition=DEFINITION)


def _drifted(reference: Dataset, window: pd.DataFrame) -> dict[str, float]:
    """How many columns drift by the preset's own rule, and their share."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        result = Report([DataDriftPreset()]).run(_dataset(window), reference).dict()
    return result["metrics"][0]["value"]


def _any(training: pd.DataFrame, window: pd.DataFrame, drifts: Callable[[pd.Series, pd.Series], bool]) -> bool:
    """Whether any column does, of the values that are not missing."""
    return any(drifts(training[name].dropna(), window[name].dropna()) for name in NUMBERS + CATEGORIES)


def _has_psi(reference: pd.Series, window: pd.Series) -> bool:
    return _psi(reference, window) > 0.1


def _is_significant(reference: pd.Series, window: pd.Series) -> bool:
    return _p_value(reference, window) < 0.05


def _psi(reference: pd.Series, window: pd.Series) -> float:
    """By the reference's deciles, or by category; an empty bin counts as 0.0001, as usual."""
    if reference.dtype == object:
        counts = _counts(reference, window)
    else:
        edges = np.unique(np.quantile(reference, np.linspace(0, 1, 11)))[1:-1]
        bins = [np.searchsorted(edges, values, "right") for values in (reference, window)]
        counts = np.array([np.bincount(one, minlength=len(edges) + 1) for one in bins])
    shares = np.maximum(counts / counts.sum(axis=1, keepdims=True), 1e-4)
    return float(((shares[1] - shares[0]) * np.log(shares[1] / shares[0])).sum())


def _p_value(reference: pd.Series, window: pd.Series) -> float:
    """By the tests of Kolmogorov and Smirnov, or of Pearson."""
    if reference.dtype == object:
        return chi2_contingency(_counts(reference, window), correction=False).pvalue
    return ks_2samp(reference, window, method="asymp").pvalue


def _counts(reference: pd.Series, window: pd.Series) -> np.ndarray:
    """The rows of both by category."""
    counts = pd.concat([reference.value_counts(), window.value_counts()], axis=1).fillna(0)
    return counts.to_numpy().T


if __name__ == "__main__":
    main()
