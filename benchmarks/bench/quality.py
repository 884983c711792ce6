"""How good the data set's learner is, out of fold."""

from __future__ import annotations

import json

from bench import training
from bench.measure import java, progress, run
from bench.table import Row


def rows() -> list[Row]:
    """AUC, log loss and calibration of 5-fold cross-validation with the specification's parameters."""
    progress("5-fold cross-validation")
    options = (f"--dataset={training.DATASET}", f"--csv={training.ROWS}", f"--threads={training.THREADS}")
    found = json.loads(run(java("CrossValidation", *options)).out)
    bias = found["meanScore"] / found["baseRate"] - 1
    return [
        Row("insurance, 5 folds, AUC", "", found["auc"], 0.858, note=f"pooled {found['pooledAuc']:.4f}", least=True),
        Row("insurance, 5 folds, log loss", "", found["logLoss"], 0.2645),
        Row("insurance, 5 folds, mean score off the base rate", "%", abs(bias) * 100, 2, note=f"{bias * 100:+.2f} %"),
    ]
