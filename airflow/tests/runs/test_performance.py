"""What make outcomes and make performance print."""

from __future__ import annotations

import pytest

from stack.failure import Failure
from stack.runs import monitoring

AUC = {"value": 0.8443, "low": 0.8176, "high": 0.871}
CONTACTED = {"rows": 20994, "positives": 5815, "auc": {"value": 0.64, "low": 0.6319, "high": 0.648}}
PROFIT = {
    "promised": {"value": 315641.2, "low": 297355, "high": 333927},
    "earned": {"value": 329572, "low": 316950, "high": 342365},
    "currency": "INR",
}
FOUND = {
    "window": "2026-10-29",
    "rows": 51476,
    "unbiased": False,
    "contacted": CONTACTED,
    "explore": {"rows": 1019, "auc": AUC},
    "profit": PROFIT,
    "increment": {"difference": {"value": 0.2847, "low": 0.2776, "high": 0.2909}},
    "reasons": ["scores are too high"],
    "warnings": [],
}


def test_each_value_has_its_interval():
    assert monitoring.performance_facts(FOUND) == [
        ("window", "2026-10-29"),
        ("customers", "51,476 scored, 20,994 contacted"),
        ("positive", "5,815"),
        ("AUC", "0.8443 (95%: 0.8176 to 0.8710)"),
        ("AUC, contacted", "0.6400 (95%: 0.6319 to 0.6480)"),
        ("promised", "315,641 (95%: 297,355 to 333,927) INR"),
        ("earned", "329,572 (95%: 316,950 to 342,365) INR"),
        ("increment", "+0.2847 (95%: +0.2776 to +0.2909)"),
        ("reason", "scores are too high"),
    ]


def test_small_numbers_are_too_few():
    few = {name: value for name, value in FOUND.items() if name not in ("explore", "profit", "increment")}
    facts = dict(monitoring.performance_facts(few | {"contacted": {"rows": 3, "positives": 1}, "reasons": []}))
    assert facts == {
        "window": "2026-10-29",
        "customers": "51,476 scored, 3 contacted",
        "positive": "1",
        "AUC": "too few",
        "AUC, contacted": "too few",
    }


def test_outcomes_need_a_file():
    with pytest.raises(Failure, match=r"^DATA= is missing: a file with the identifiers and the labels"):
        monitoring.outcomes("insurance", None)


@pytest.mark.parametrize(
    ("measure", "words"), [(monitoring.monitor, "current, 2026-11-29"), (monitoring.performance, "2026-11-29")]
)
@pytest.mark.parametrize("window", ["yesterday", "2026-11-3O", "2026-11-29T"])
def test_a_text_that_is_no_window_is_rejected_before_a_run(measure, words, window):
    with pytest.raises(Failure, match=rf"{window} is no window: write {words}, 2026-11-29T13 or 2026-W48$") as failure:
        measure(None, window)
    assert failure.value.code == 2
