"""Measures labels and scores by scikit-learn and scipy, as ScikitLearnParityTest asks."""

import json
import sys
from pathlib import Path

import numpy
from scipy import optimize, special
from scipy.stats import ks_2samp
from sklearn import metrics

folder = Path(sys.argv[1])
labels = numpy.fromfile(folder / "labels.i8", dtype="i1")
scores = numpy.fromfile(folder / "scores.f32", dtype="<f4").astype(float)
other = numpy.fromfile(folder / "other.f32", dtype="<f4").astype(float)
threshold = json.loads((folder / "threshold.json").read_text())
selected = scores >= threshold


def placements(values: numpy.ndarray) -> tuple[numpy.ndarray, numpy.ndarray]:
    """DeLong's components by counting sorted rows, without midranks."""
    positive, negative = values[labels == 1], values[labels == 0]

    def beaten(ours: numpy.ndarray, theirs: numpy.ndarray) -> numpy.ndarray:
        theirs = numpy.sort(theirs)
        return (numpy.searchsorted(theirs, ours, "left") + numpy.searchsorted(theirs, ours, "right")) / 2 / len(theirs)

    return beaten(positive, negative), 1 - beaten(negative, positive)


def spread(positive: numpy.ndarray, negative: numpy.ndarray) -> float:
    return 1.959963984540054 * numpy.sqrt(positive.var(ddof=1) / len(positive) + negative.var(ddof=1) / len(negative))


mine, its = placements(scores), placements(other)
auc = metrics.roc_auc_score(labels, scores)
log_odds = special.logit(scores.astype(numpy.float64).clip(2.0**-24, 1 - 2.0**-24))


def line(free_slope: bool) -> tuple[float, float]:
    """Slope or intercept of the labels' log-odds on the scores', and half its interval."""
    columns = numpy.stack([log_odds, numpy.ones_like(log_odds)], axis=1)[:, 0 if free_slope else 1 :]
    offset = 0 if free_slope else log_odds

    def loss(weights: numpy.ndarray) -> float:
        margins = columns @ weights + offset
        return numpy.logaddexp(0, margins).sum() - (labels * margins).sum()

    fitted = optimize.minimize(loss, numpy.zeros(columns.shape[1]), method="BFGS", tol=1e-9).x
    p = special.expit(columns @ fitted + offset)
    information = columns.T @ (columns * (p * (1 - p))[:, None])
    return fitted[0], 1.959963984540054 * numpy.sqrt(numpy.linalg.inv(information)[0, 0])


slope, intercept = line(True), line(False)
difference = auc - metrics.roc_auc_score(labels, other)
half = spread(mine[0] - its[0], mine[1] - its[1])
tn, fp, fn, tp = metrics.confusion_matrix(labels, selected).ravel()
result = {
    "auc": auc,
    "auc_low": auc - spread(*mine),
    "auc_high": auc + spread(*mine),
    "average_precision": metrics.average_precision_score(labels, scores),
    "log_loss": metrics.log_loss(labels, scores),
    "brier": metrics.brier_score_loss(labels, scores),
    "ks": ks_2samp(scores[labels == 1], scores[labels == 0]).statistic,
    "base_rate": labels.mean(),
    "calibration_bias": scores.mean() - labels.mean(),
    "calibration_slope": slope[0],
    "calibration_slope_low": slope[0] - slope[1],
    "calibration_slope_high": slope[0] + slope[1],
    "calibration_intercept": intercept[0],
    "calibration_intercept_low": intercept[0] - intercept[1],
    "calibration_intercept_high": intercept[0] + intercept[1],
    "recall": metrics.recall_score(labels, selected),
    "precision": metrics.precision_score(labels, selected),
    "selection_rate": selected.mean(),
    "profit": 100 * tp - 12 * (tp + fp),
    "log_loss_difference": metrics.log_loss(labels, scores) - metrics.log_loss(labels, other),
    "difference": difference,
    "difference_low": difference - half,
    "difference_high": difference + half,
}
(folder / "metrics.json").write_text(json.dumps({name: float(value) for name, value in result.items()}))
