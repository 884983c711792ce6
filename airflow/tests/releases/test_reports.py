from __future__ import annotations

import json

import pytest

from stack import paths
from stack.releases import reports

NAME = "customers"
ARTIFACTS = {
    "s3://b/evaluate/1/manifest.json": {"inputs": {"features": {"uri": "s3://b/preprocess/1"}}},
    "s3://b/evaluate/1/report.html": "model 1",
    "s3://b/evaluate/2/manifest.json": {"inputs": {"features": {"uri": "s3://b/preprocess/2"}}},
    "s3://b/evaluate/2/report.html": "model 2",
    "s3://b/preprocess/1/report.html": "data 1",
    "s3://b/preprocess/2/report.html": "data 2",
}


class FakeReportStore:
    """Holds the artifacts."""

    def read(self, uri):
        content = ARTIFACTS.get(uri)
        return None if content is None else (content if isinstance(content, str) else json.dumps(content)).encode()

    def read_json(self, uri):
        return json.loads(self.read(uri) or b"{}")


@pytest.fixture(autouse=True)
def state(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "STATE", tmp_path)


def entry(champion: int | None) -> dict:
    """A ledger entry."""
    if champion is None:
        return {"action": "challenger"}
    return {"champion": {"model": f"s3://b/train/{champion}", "evaluation": f"s3://b/evaluate/{champion}"}}


def of_run(champion: int | None, number: int) -> dict[str, str]:
    """The titles and names of the files after a run that trained the model of this number."""
    uris = (f"s3://b/{task}/{number}" for task in ("train", "evaluate", "preprocess"))
    return {title: file.name for title, file in reports.of_run(FakeReportStore(), NAME, entry(champion), *uris)}


def content() -> dict[str, str]:
    return {file.stem: file.read_text() for file in (paths.STATE / "reports" / NAME).glob("*.html")}


def test_the_reports_of_a_run_that_released_its_model_are_the_champions():
    assert of_run(1, 1) == {"data report": "data.html", "model report": "model.html"}
    assert of_run(2, 2) == {"data report": "data.html", "model report": "model.html"}
    assert content() == {"model": "model 2", "data": "data 2"}


def test_a_challengers_reports_are_files_of_their_own():
    assert of_run(1, 2) == {
        "data report": "challenger-data.html",
        "model report": "challenger-model.html",
        "champion's report": "model.html",
    }
    assert content() == {
        "model": "model 1",
        "data": "data 1",
        "challenger-model": "model 2",
        "challenger-data": "data 2",
    }
    of_run(2, 2)
    assert content() == {"model": "model 2", "data": "data 2"}


def test_the_reports_follow_a_promotion_and_a_rollback():
    of_run(2, 2)

    reports.of_release(FakeReportStore(), NAME, entry(1))
    assert content() == {"model": "model 1", "data": "data 1"}
    reports.of_release(FakeReportStore(), NAME, entry(None))
    assert content() == {}


def test_the_first_model_has_its_reports_though_it_is_a_challenger():
    assert of_run(None, 1) == {"data report": "challenger-data.html", "model report": "challenger-model.html"}
