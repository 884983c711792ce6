"""Evidently's default report of drift, of a table's rows against as many.

python watching.py CSV ROWS: the rows of the table again and again, up to so many; columns that are named number_ or
whole_ are numbers, date_ are dates, the others categories
"""

from __future__ import annotations

import sys
import warnings

import numpy as np
import pandas as pd
from evidently import DataDefinition, Dataset, Report
from evidently.presets import DataDriftPreset


def main() -> None:
    table = pd.read_csv(sys.argv[1], dtype=str)
    numbers = [name for name in table.columns if name.startswith(("number_", "whole_"))]
    dates = [name for name in table.columns if name.startswith("date_")]
    table[numbers] = table[numbers].astype(float)
    table[dates] = table[dates].apply(pd.to_datetime)
    categories = [name for name in table.columns if name not in numbers + dates]
    definition = DataDefinition(numerical_columns=numbers, categorical_columns=categories, datetime_columns=dates)
    random = np.random.default_rng(1)
    reference, current = (
        Dataset.from_pandas(table.iloc[random.integers(0, len(table), int(sys.argv[2]))], data_definition=definition)
        for _ in range(2)
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        result = Report([DataDriftPreset()]).run(current, reference).dict()
    print(result["metrics"][0]["value"])


if __name__ == "__main__":
    main()
