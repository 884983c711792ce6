"""What the bench says of two models on several tables."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.comparison import LEARNERS, Difference, Scores, compared


def test_the_interval_of_a_difference_is_that_of_the_corrected_t_test():
    # Differences 0.01, 0.02, 0.03, 0.02, 0.02: mean 0.02, variance (1 + 0 + 1 + 0 + 0)e-4 / 4 = 0.5e-4.
    difference = Difference.of([0.91, 0.82, 0.73, 0.92, 0.62], [0.9, 0.8, 0.7, 0.9, 0.6])
    assert difference.mean == pytest.approx(0.02)
    # 2.776 * sqrt((1/5 + 0.2/0.8) * 0.5e-4) = 2.776 * sqrt(0.225e-4)
    assert difference.half == pytest.approx(2.776 * 0.0047434, rel=1e-4)
    assert difference.surely_above and not difference.surely_below


def test_a_table_is_surely_worse_if_its_whole_interval_is():
    assert Difference(-0.01, 0.009).surely_below
    assert not Difference(-0.01, 0.011).surely_below


def test_the_best_learner_is_compared_with_the_best_peer_by_each_metric():
    ours = {learner: scores(0.7, 0.5) for learner in LEARNERS} | {"logistic": scores(0.8, 0.6)}
    peers = {learner: scores(0.7, 0.5) for learner in LEARNERS} | {"another": scores(0.75, 0.4)}
    rows = compared({"one": (ours, peers), "two": (ours, peers)})
    found = {row.what.removeprefix("tables, "): row for row in rows}
    best = found["the best learner vs. the best peer, mean AUC difference"]
    assert best.ours == pytest.approx(0.05) and best.kept
    best = found["the best learner vs. the best peer, mean log loss difference"]
    assert best.ours == pytest.approx(0.1) and not best.kept
    worse = found["the best learner vs. the best peer, tables of surely worse log loss"]
    assert worse.ours == 2 and worse.note == "one, two" and not worse.kept
    assert found["xgboost vs. its peer, tables of surely worse log loss"].kept


def test_other_test_rows_are_not_compared():
    ours: Scores = {learner: scores(0.7, 0.5) for learner in LEARNERS}
    peers = {learner: scores(0.7, 0.5, positives=9) for learner in LEARNERS}
    with pytest.raises(RuntimeError, match="one: the test rows of the learners"):
        compared({"one": (ours, peers)})


def scores(auc: float, log_loss: float, positives: int = 10) -> list[dict[str, float]]:
    return [{"rows": 100, "positives": positives, "auc": auc, "log_loss": log_loss} for _ in range(5)]
