"""What make predict prints and rejects, and its files."""

from __future__ import annotations

from typing import cast

import pytest

from stack import paths
from stack.failure import Failure
from stack.runs.predicting import delete_files, expected, fetch, notes, released, scorer, selected
from stack.runs.source import Source
from stack.store import Store


def test_prints_what_to_expect_with_its_intervals():
    forecast = {
        "positives": {"value": 1234.4, "low": 1100, "high": 1370},
        "profit": {"value": -5000, "low": -12000.4, "high": 2000},
        "currency": "EUR",
    }
    assert expected(forecast) == (
        "1,234 of the selected rows positive (95%: 1,100 to 1,370), a profit of -5,000 EUR (95%: -12,000 to 2,000)"
    )


def test_prints_nothing_of_rows_without_doubt():
    assert notes({"rows": 10, "predicted": 10}) == []


@pytest.mark.parametrize("key", ["rejected", "refused"])
def test_warns_of_rows_that_have_no_score(key):
    report = {"rows": 1100, "predicted": 66, key: {"not a listed value": 1034}}
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


class Folder:
    """A store with the objects of one folder, which are their own text."""

    def __init__(self, *names: str):
        self._names = names

    def download(self, uri, file, *, optional):
        name = uri.removeprefix("s3://store/predict/1/")
        if name in self._names:
            file.write_text(name)
        return name in self._names


@pytest.mark.parametrize("name", ["rejected.csv", "refused.csv"])
def test_fetches_the_rejected_rows_of_earlier_versions_too(tmp_path, monkeypatch, name):
    monkeypatch.setattr(paths, "FILES", tmp_path)
    (tmp_path / "models").mkdir()
    files = fetch(cast(Store, Folder("predictions.csv", name)), "customers", "s3://store/predict/1")
    assert [file.name for file in files] == ["predictions-customers.csv", "rejected-customers.csv"]
    assert files[1].read_text() == name


def test_deletes_the_files_of_this_dataset_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "FILES", tmp_path)
    (tmp_path / "models").mkdir()
    others = {f"predictions-customers{rest}.csv" for rest in ("-synthetic", "-2")} | {"invoked-customers.csv"}
    for name in (*others, "predictions-customers.csv", "rejected-customers.csv"):
        (tmp_path / "models" / name).touch()
    delete_files("customers")
    assert {file.name for file in (tmp_path / "models").iterdir()} == others


ROWS = Source("rows.csv")
CHAMPION = {"version": 2, "model": "s3://store/train/2/"}
LEDGER = {"models": ["a", "b", "c"], "champion": CHAMPION}


def test_the_champion_or_an_existing_version_scores():
    assert released(LEDGER, "customers", None, ROWS) == CHAMPION
    assert released(LEDGER, "customers", 3, ROWS) == {"version": 3}


@pytest.mark.parametrize(
    ("entry", "name", "version", "message"),
    [
        (
            {},
            "customers",
            None,
            "no model is registered as customers, to score rows.csv; to train one: make run DATASET=customers",
        ),
        (
            {},
            "customers-synthetic",
            1,
            "no model is registered as customers-synthetic, to score rows.csv; "
            "to train one: make run DATASET=customers DATA=synthetic:50000",
        ),
        (
            {"models": ["a", "b"]},
            "customers",
            None,
            "customers has no champion, to score rows.csv; "
            "to promote a version: make promote DATASET=customers VERSION=2",
        ),
        (
            LEDGER,
            "customers",
            7,
            "VERSION=7: customers has versions 1 to 3; to list them: make history DATASET=customers",
        ),
        (
            {"models": ["a"]},
            "customers",
            0,
            "VERSION=0: customers has only version 1; to list them: make history DATASET=customers",
        ),
    ],
)
def test_rejects_a_model_that_does_not_exist_before_the_run(entry, name, version, message):
    with pytest.raises(Failure) as failure:
        released(entry, name, version, ROWS)
    assert str(failure.value) == message
    assert failure.value.code == 2


def test_prints_the_selected_rows_and_what_scored_them():
    report = {"rows": 11000, "predicted": 10000, "positive": 1234, "threshold": 0.12}
    assert selected(report) == "1,234 of 10,000 rows at threshold 0.12"
    assert scorer(["s3://store/train/2"], CHAMPION) == "version 2, s3://store/train/2"
    assert scorer(["s3://store/train/3"], {"version": 3}) == "version 3, s3://store/train/3"
    assert scorer(["s3://store/train/3"], CHAMPION) == "s3://store/train/3"
    assert scorer(["s3://store/train/3"], {}) == "s3://store/train/3"
    assert scorer(["a", "b"], {}) == "the mean of 2 models"
