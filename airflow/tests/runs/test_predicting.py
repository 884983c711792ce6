"""What make predict prints of doubtful rows."""

from __future__ import annotations

from stack.runs.predicting import notes


def test_prints_nothing_of_rows_without_doubt():
    assert notes({"rows": 10, "predicted": 10}) == []


def test_warns_of_rows_that_have_no_score():
    report = {"rows": 1100, "predicted": 66, "refused": {"not a listed value": 1034}}
    assert notes(report) == ["WARNING: 1,034 of 1,100 rows are invalid and have no score (not a listed value: 1,034)"]


def test_names_row_numbers_duplicates_unseen_categories_and_look_alikes():
    report = {
        "rows": 1000,
        "predicted": 1000,
        "numbered": True,
        "duplicates": 2,
        "unseen": {"colour": 50, "town": 51},
        "doubtful": ["town"],
        "look_alikes": {"colour": {"R\u200bED\x1b": "red"}},
    }
    numbered, duplicates, few, many = notes(report)
    assert "no identifier column" in numbered
    assert duplicates == "2 rows have a duplicate identifier"
    assert few == "colour: 50 rows (5.0%) have an unseen category ('R\\u200BED\\u001B' looks like 'red')"
    assert many.startswith("WARNING: town: 51 rows (5.1%) have an unseen category; the model was trained without")
