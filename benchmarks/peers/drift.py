"""What other rules find in the windows that the drift benchmark drew.

python drift.py SAMPLES CSV WINDOWS: prints the share of windows in which any column drifts, by change and size, as
JSON: by Evidently's default preset, by a population stability index above 0.1, and by p-values below 0.05, uncorrected

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
    for size, windows in samples["windows"].items():
        used = windows[: int(sys.argv[3])]
        for name, change in CHANGES.items():
            found = [_found(reference, training, table.iloc[rows].copy(), change, i) for i, rows in enumerate(used)]
            shares = {rule: float(np.mean([one[rule] for one in found])) for rule in found[0]}
            print(json.dumps({"change": name, "rows": int(size), "repeats": len(found)} | shares), flush=True)


def _dataset(rows: pd.DataFrame) -> Dataset:
    return Dataset.from_pandas(rows, data_definition=DEFINITION)


def _found(
    reference: Dataset,
    training: pd.DataFrame,
    window: pd.DataFrame,
    change: Callable[[pd.DataFrame, np.random.Generator], None],
    seed: int,
) -> dict[str, bool]:
    """Whether any column drifts by each rule; by Evidently's, also whether the dataset does."""
    change(window, np.random.default_rng(seed))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        result = Report([DataDriftPreset()]).run(_dataset(window), reference).dict()
    drifted = result["metrics"][0]["value"]
    columns = [(training[name].dropna(), window[name].dropna()) for name in NUMBERS + CATEGORIES]
    return {
        "evidently": drifted["count"] > 0,
        "dataset": drifted["share"] >= 0.5,
        "psi": any(_psi(*both) > 0.1 for both in columns),
        "p": any(_p_value(*both) < 0.05 for both in columns),
    }


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
