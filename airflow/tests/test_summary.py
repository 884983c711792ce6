from __future__ import annotations

import pytest

from stack import datasets
from stack.runs import summary

URL = "http://127.0.0.1:8081"
ROWS = "id,town,renews\nc-1,O'Hara,yes\n"


class Store:
    """Holds the test split's rows."""

    def first_lines(self, uri, count):
        assert uri == "s3://b/features/test-rows.csv"
        return ROWS.splitlines()[:count]


@pytest.fixture(autouse=True)
def label(monkeypatch):
    monkeypatch.setattr(datasets, "label_column", lambda dataset: "renews")


def test_asks_with_a_row_that_lacks_its_answer():
    question = summary._question(Store(), {"preprocess": "s3://b/features"}, URL, "customers")

    assert question.endswith(f"""--data-binary 'id,town\nc-1,O'"'"'Hara' {URL}/invocations""")


def test_says_that_nothing_answers_where_the_first_model_is_a_challenger():
    entry = {"action": "challenger", "subject": {"version": 1}, "challenger": {"version": 1}}

    assert summary._asking(entry, URL) == (
        f"No model answers at {URL} yet: version 1 is a challenger, and there is no champion.\n"
        "To release it whatever its evaluation says, run again with RELEASE=release."
    )


def test_has_somebody_to_ask_where_there_is_a_champion():
    assert summary._asking({"champion": {"version": 1}}, URL) == ""
