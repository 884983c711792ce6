"""What the bench counts as a miss."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.table import Row, attempt, text


def test_a_figure_at_its_limit_is_kept_and_one_beyond_is_not():
    assert Row("seconds", "s", 1.5, 1.5).kept
    assert not Row("seconds", "s", 1.51, 1.5).kept
    assert Row("AUC", "", 0.858, 0.858, least=True).kept
    assert not Row("AUC", "", 0.857, 0.858, least=True).kept


def test_a_measurement_that_failed_fails_the_bench_and_the_others_go_on():
    rows: list[Row] = []

    def fails() -> list[Row]:
        raise RuntimeError("the first line\nserve ended with 1")

    attempt(rows, "endpoint", fails)
    attempt(rows, "preprocess", lambda: [Row("preprocess", "s", 1.2, 2.5)])
    assert [row.kept for row in rows] == [False, True]
    assert "endpoint" in text(rows) and "FAILED" in text(rows) and "serve ended with 1" in text(rows)
