"""What make promote says of a model."""

from __future__ import annotations

from stack.releases.releasing import failed_checks

CHECKS = [
    {"passed": True, "text": "the AUC of 0.8500 reaches the minimum of 0.8"},
    {"passed": False, "text": "the calibration slope of 10.4 is significantly outside 0.8 to 1.25"},
]


def test_names_the_checks_that_a_promoted_model_failed():
    failed = failed_checks({"verdict": {"decision": "challenger", "checks": CHECKS}})
    assert failed == "the calibration slope of 10.4 is significantly outside 0.8 to 1.25"


def test_says_nothing_of_a_model_that_passed():
    assert failed_checks({"verdict": {"decision": "release", "checks": CHECKS[:1]}}) == ""
