from __future__ import annotations

import pytest

from stack import paths, terminal
from stack.failure import Failure
from stack.runs import experiments


def test_without_options_all_are_defaults():
    assert experiments.ExperimentRequest("insurance").conf(None) == {
        "source": None,
        "learners": [],
        "folds": 5,
        "parameters": {},
        "trials": 0,
        "search": {},
        "seed": None,
        "rank": "auc",
        "candidate": None,
        "release": "auto",
        "force": [],
    }


@pytest.mark.parametrize(
    ("wishes", "line"),
    [
        (
            {"learners": ["logistic", "lightgmb"]},
            "^no learner 'lightgmb'; did you mean 'lightgbm'\\? There are ",
        ),
        ({"parameters": {"eta": [0.1, 2]}}, "^xgboost's parameter eta must be a number from 0.0001 to 1, not 2$"),
        ({"learners": ["logistic"], "parameters": {"eta": [0.1]}}, "^logistic has no parameter 'eta'; there are "),
        ({"trials": 3, "search": {"xgboost": {"etta": [0.1, 0.2]}}}, "^xgboost has no parameter 'etta'; did you"),
        ({"trials": 3, "learners": ["randomforest"]}, "^trials of randomforest need ranges"),
    ],
)
def test_what_cannot_be_learned_is_rejected_before_anything_starts(wishes, line):
    if not (paths.BUILT_JARS / "code.sha256").exists():
        pytest.skip("the jars are not built: make build")
    with pytest.raises(Failure, match=line) as failure:
        experiments.ExperimentRequest("insurance", **wishes).check()
    assert failure.value.code == 2


def test_the_table_shows_the_candidates_from_the_best(capsys):
    comparison = {
        "candidates": [
            candidate("lightgbm", 0.85, {"eta": 0.1}),
            candidate("logistic", 0.84, {}),
        ],
        "currency": "EUR",
    }
    costs = {"lightgbm": {"train_cpu_seconds": 61.25, "train_peak_mebibytes": 512.4}}
    terminal.show(experiments.table(comparison, costs))
    assert capsys.readouterr().out.splitlines() == [
        "candidate  AUC by fold      pooled  log loss  profit (EUR)  rounds  CPU s  MiB  changed parameters",
        'lightgbm   0.8500 ± 0.0020  0.8500  0.3000    12,346        1,234   61.2   512  {"eta": 0.1}',
        "logistic   0.8400 ± 0.0020  0.8400  0.3000    12,346        1,234   –      –    {}",
    ]


def test_the_tables_are_aligned_at_any_width(capsys, monkeypatch):
    long = "xgboost_with_a_very_long_name"
    comparison = {
        "candidates": [candidate(long, 0.85, {"eta": 0.1}), candidate("logistic", 0.84, {})],
        "differences": [
            difference(long, "logistic", {"value": 0.01, "low": 0.008, "high": 0.012}),
            difference("a", "b", {"value": -0.01, "low": -0.02, "high": 0.0}),
        ],
        "currency": "EUR",
        "rank": "auc",
    }
    for width in (72, 200):
        monkeypatch.setenv("COLUMNS", str(width))
        for table, cells in (
            (experiments.table(comparison, {}), ("pooled", "0.8500", "0.8400")),
            (experiments.differences(comparison), ("95% interval", "+0.0080", "-0.0200")),
        ):
            terminal.show(table, indent=2)
            lines = capsys.readouterr().out.splitlines()
            assert max(len(line) for line in lines) <= width
            assert len({next(line.rindex(cell) for line in lines if cell in line) for cell in cells}) == 1


def test_the_interval_is_that_of_the_metric_that_orders_the_candidates(capsys):
    pair = difference("a", "b", {"value": 0.01, "low": 0.008, "high": 0.012})
    pair |= {"profit": {"value": 1360, "low": -138, "high": 2858}}
    terminal.show(experiments.differences({"differences": [pair], "rank": "profit", "currency": "EUR"}))
    header, row = capsys.readouterr().out.splitlines()
    assert "difference in profit (EUR)" in header
    assert "-138 to +2,858" in row


def difference(candidate, other, auc):
    return {"candidate": candidate, "other": other, "auc": auc, "log_loss": {"value": -0.001}, "profit": {"value": 250}}


def candidate(name, auc, changed):
    return {
        "name": name,
        "auc": {"mean": auc, "deviation": 0.002},
        "pooled_auc": {"value": auc},
        "log_loss": 0.3,
        "profit": 12345.6,
        "rounds": 1234,
        "changed": changed,
    }
