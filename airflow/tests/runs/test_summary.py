from __future__ import annotations

from types import SimpleNamespace

import pytest

from stack.runs import summary

URL = "http://127.0.0.1:8081"
ROWS = 'id,note, town,called_on,visits,renews\nc-1,"two\nlines",O\'Hara,2024-01-31,3,yes\nc-2,,Rome,,4,no\n'
FEATURES = ["town", "visits"]


class FakeRowStore:
    """Holds the test split's rows, and the live model's columns."""

    def __init__(self, identifier="id"):
        self.identifier = identifier

    def first_lines(self, uri, count):
        assert uri == "s3://b/features/test-rows.csv"
        return ROWS.splitlines()[:count]

    def read_json(self, uri):
        assert uri == "s3://b/model/encoder.json"
        return {"identifier": self.identifier, "features": [{"column": {"name": name}} for name in FEATURES]}


@pytest.mark.parametrize(
    ("identifier", "body"),
    [("id", """'id, town,visits\nc-1,O'"'"'Hara,3'"""), ("row", """' town,visits\nO'"'"'Hara,3'""")],
)
def test_invokes_with_the_columns_of_a_row_that_the_model_reads(identifier, body):
    entry = {"champion": {"model": "s3://b/model/", "version": 1}}
    uris = {"preprocess": "s3://b/features", "train": "s3://b/model"}

    question = summary._invocation(FakeRowStore(identifier), uris, URL, "customers", entry)

    assert question.startswith("To invoke the model with a row of the test split:")
    assert question.endswith(f"--data-binary {body} {URL}/invocations")


def test_reports_that_the_champion_is_live_and_not_the_challenger_of_the_run():
    entry = {"champion": {"model": "s3://b/model", "version": 1}}
    uris = {"preprocess": "s3://b/features", "train": "s3://b/other"}

    question = summary._invocation(FakeRowStore(), uris, URL, "customers", entry)

    assert question.startswith("To invoke the champion, version 1 (still live) with a row")


def test_a_wide_tables_row_is_no_command_and_the_ways_to_ask_are_named(monkeypatch):
    monkeypatch.setattr(summary, "MOST_COLUMNS", 1)
    entry = {"name": "customers-sample", "champion": {"model": "s3://b/model", "version": 1}}
    uris = {"preprocess": "s3://b/features", "train": "s3://b/model"}

    question = summary._invocation(FakeRowStore(), uris, URL, "customers", entry)

    assert "curl" not in question
    assert f"fill in the form at {URL}/" in question
    assert question.endswith("make invoke DATASET=customers-sample DATA=customers.csv")


@pytest.mark.parametrize(
    ("report", "counts"),
    [
        ({}, "train 60, validation 10, test 20"),
        ({"unassigned_rows": 10}, "train 60, validation 10, test 20, in no split 10"),
    ],
)
def test_counts_the_rows_of_each_split_and_those_in_none(report, counts):
    files = {
        "s3://b/raw/raw.json": {"rows": 100, "sha256": "0123456789abcdef"},
        "s3://b/model/model.json": {"learner": "xgboost", "rows": {"train": 60, "validation": 10}},
        "s3://b/features/report.json": report,
    }
    store = SimpleNamespace(read_json=files.get)
    uris = {"download": "s3://b/raw", "preprocess": "s3://b/features", "train": "s3://b/model"}

    rows = summary._trained(store, uris, "customers", 20)

    assert rows[0] == ("rows", f"100 ({counts}), SHA-256 0123456789ab…")


def test_reports_that_no_model_is_live_if_the_first_is_a_challenger():
    entry = {"action": "challenger", "subject": {"version": 1}, "challenger": {"version": 1}}

    assert summary._no_model_message(entry, URL, "customers") == (
        f"No model is live at {URL} yet: version 1 is a challenger, and there is no champion.\n"
        "To release it regardless of its evaluation: make promote DATASET=customers VERSION=1"
    )


def test_has_somebody_to_ask_where_there_is_a_champion():
    assert summary._no_model_message({"champion": {"version": 1}}, URL, "customers") == ""


def test_warns_of_what_a_tasks_result_warns_of():
    outputs = {
        "download": {"status": "done"},
        "preprocess": {"reason": "WARNING: 3 of 9 rows are invalid and were quarantined (not a number: 3)"},
        "register": {"reason": "version 1 is released"},
    }
    text = "3 of 9 rows are invalid and were quarantined (not a number: 3)"
    assert summary.warnings(outputs) == [("WARNING", text)]
    outputs["preprocess"]["reason"] = f"unchanged since 2026-11-28T21:00:00Z; WARNING: {text}"
    assert summary.warnings(outputs) == [("WARNING", text)]


def test_the_decision_has_the_command_that_promotes_the_model():
    entry = {"subject": {"version": 3}, "why": "the AUC is low"}
    reason = "version 3 of customers is a challenger: its learner or parameters differ; promote it manually"
    assert summary.decision(reason, entry, "customers") == (
        "version 3 of customers is a challenger: its learner or parameters differ; "
        "to promote it: make promote VERSION=3 DATASET=customers"
    )
    assert summary.decision("", entry, "customers") == "the AUC is low"


def test_the_metrics_are_those_of_the_test_rows_that_are_not_copies():
    evaluation = {"rows": 574, "candidate": {"scalars": {"auc": 0.889}}}
    assert summary._metrics(evaluation) == "ROC AUC 0.8890, 574 rows"
    others = {"copies": 468, "rows": 106, "candidate": {"auc": 0.635}}
    assert summary._metrics({**evaluation, "without_copies": others}) == (
        "ROC AUC 0.6350, 106 rows, without 468 copies"
    )
    too_few = {"copies": 570, "rows": 4}
    assert summary._metrics({**evaluation, "without_copies": too_few}) == (
        "ROC AUC 0.8890, 574 rows, 570 of them copies"
    )
    coincidence = {**others, "coincidence": True}
    assert summary._metrics({**evaluation, "without_copies": coincidence}) == "ROC AUC 0.8890, 574 rows"
