"""How good learners are, out of fold, with the parameters of the datasets' files."""

from __future__ import annotations

import json

from bench import training, upload
from bench.measure import java, progress, run
from bench.table import Row

SEEDS = 10
"""How many divisions into folds the small table gets."""


def rows() -> list[Row]:
    """AUC, log loss and calibration of 5-fold cross-validation on all shared rows."""
    found = _insurance("xgboost") + _insurance("lightgbm")
    for learner, least in (("logistic", 0.855), ("lightgbm", 0.83)):
        got = _validated("santander", learner, SEEDS)
        note = f"standard deviation of {SEEDS} divisions {got['aucDeviation']:.4f}"
        found.append(Row(f"santander, {learner}, AUC", "", got["auc"], least, note=note, least=True))
        if learner == "logistic":
            found += _calibrated(got)
    return found


def _calibrated(got: dict) -> list[Row]:
    """The calibration of Santander's champion; the slopes are those of the seeds."""
    what = "santander, logistic, calibrated"
    return [
        Row(f"{what}, log loss", "", got["calibratedLogLoss"], 0.245, note=f"before {got['logLoss']:.4f}"),
        Row(f"{what}, lowest slope", "", got["lowestSlope"], 0.9, note=f"mean {got['slope']:.3f}", least=True),
        Row(f"{what}, highest slope", "", got["highestSlope"], 1.1),
    ]


def _insurance(learner: str) -> list[Row]:
    got = _validated("insurance", learner, 1)
    bias = got["meanScore"] / got["baseRate"] - 1
    what = f"insurance, {learner}"
    return [
        Row(f"{what}, AUC", "", got["auc"], 0.858, note=f"pooled {got['pooledAuc']:.4f}", least=True),
        Row(f"{what}, log loss", "", got["calibratedLogLoss"], 0.2645),
        Row(f"{what}, log loss by calibration, upper bound", "", got["calibrationChangeHigh"], 0.0002),
        Row(f"{what}, mean score off the base rate", "%", abs(bias) * 100, 2, note=f"{bias * 100:+.2f} %"),
    ]


def _validated(name: str, learner: str, repeats: int) -> dict:
    progress(f"5-fold cross-validation: {learner} on {name}")
    dataset, table = {"insurance": (training.DATASET, training.ROWS), "santander": (upload.DATASET, upload.ROWS)}[name]
    options = (f"--dataset={dataset}", f"--csv={table}", f"--learner={learner}", f"--repeats={repeats}")
    return json.loads(run(java("CrossValidation", *options, f"--threads={training.THREADS}")).out)
