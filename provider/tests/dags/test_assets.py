"""The assets of a dataset: which results create events, and what these start."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from airflow.sdk import AssetAny

from propensity.assets import champion, predictions, rows_to_predict
from propensity.dags import prediction_files
from propensity.dags.prediction_files import prediction_schedule


def versions(canned):
    return [event.extra["version"] for event in canned.events(champion(canned.name))]


def test_a_new_champion_creates_one_event_however_often_it_is_verified(canned):
    canned.live(1)
    canned.run()
    canned.run()
    (event,) = canned.events(champion(canned.name))
    assert (event.source_dag_id, event.source_task_id) == (f"{canned.name}_training", "deploy")
    assert event.extra == {
        "version": 1,
        "uri": "s3://test/train/1",
        "release": "s3://test/releases/1",
        "auc": 0.86,
        "rows": 100,
    }


def test_every_change_of_the_champion_creates_an_event_a_rollback_too(canned):
    for version in (1, 2, 2, 1):
        canned.live(version)
        canned.run()
    assert versions(canned) == [1, 2, 1]


def test_a_challenger_and_a_rolled_back_first_model_create_none(canned):
    canned.result("deploy", exit_code=99, status="skipped", reason="version 1 is a challenger: not deployed")
    assert canned.run()["deploy"].state == "skipped"
    canned.result("deploy")
    assert canned.run()["deploy"].state == "success"
    assert versions(canned) == []


def test_a_model_of_synthetic_data_is_no_champion_of_the_dataset(canned):
    canned.live(1, name=f"{canned.name}-synthetic")
    canned.run()
    canned.run()
    assert versions(canned) == []
    assert len(canned.events(champion(f"{canned.name}-synthetic"))) == 1


def test_both_dags_that_deploy_have_the_outlet(canned):
    for kind in ("training", "experiment"):
        (outlet,) = canned.dag(kind).get_task("deploy").outlets
        assert outlet.name == champion(canned.name).name


def test_predictions_create_an_event_for_each_file(canned):
    canned.result(
        "predict",
        status="unchanged",
        models=["s3://test/train/3", "s3://test/train/4"],
        metrics={"predicted": 10, "other": 1},
    )
    canned.run("prediction", source="s3://b/new.csv")
    (event,) = canned.events(predictions(canned.name))
    assert event.source_map_index == 0
    assert event.extra == {
        "uri": "s3://test/predict",
        "status": "unchanged",
        "models": "s3://test/train/3 s3://test/train/4",
        "predicted": 10,
    }
    # Airflow 3.0 fails the task otherwise.
    assert all(isinstance(value, (str, int, float)) for value in event.extra.values())


def test_predictions_run_for_a_new_champion_where_the_dataset_says_so(canned):
    canned.describe("prediction: {schedule: champion}\n")
    condition = canned.dag("prediction").timetable.asset_condition
    assert isinstance(prediction_schedule(SimpleNamespace(name="x", prediction_schedule="champion")), AssetAny)
    assert [asset.name for asset in condition.objects] == [
        rows_to_predict(canned.name).name,
        champion(canned.name).name,
    ]


class Events:
    """Events by their asset, which cannot be a key of a dictionary in Airflow 3.1."""

    def __init__(self, events):
        self.by_uri = {asset.uri: found for asset, found in events}

    def __getitem__(self, asset):
        return self.by_uri[asset.uri]

    def get(self, asset, default=None):
        return self.by_uri.get(asset.uri, default)


ROWS, CHAMPION = rows_to_predict("toys"), champion("toys")
NEW_FILE, NEW_CHAMPION = (ROWS, {"source": "s3://b/1.csv"}), (CHAMPION, {"version": 2})


@pytest.mark.parametrize(
    ("events", "sources"),
    [
        ([], ["s3://b/usual.csv"]),
        ([NEW_CHAMPION], ["s3://b/usual.csv"]),
        ([NEW_FILE], ["s3://b/1.csv"]),
        ([NEW_FILE, NEW_CHAMPION], ["s3://b/1.csv", "s3://b/usual.csv"]),
    ],
)
def test_a_new_champion_scores_the_usual_rows_beside_the_announced_files(monkeypatch, events, sources):
    monkeypatch.setattr(prediction_files, "_variable", lambda name: "")
    # As in Airflow 3.0, where the events of an inlet are a list; the first and the last one are of other runs.
    extras = {0: "s3://b/0.csv", 1: "s3://b/1.csv", 3: "s3://b/3.csv"}
    inlet = [SimpleNamespace(extra={"source": source}, timestamp=at) for at, source in extras.items()]
    context = {
        "params": {"source": None},
        "triggering_asset_events": Events(
            (asset, [SimpleNamespace(extra=extra, timestamp=1)]) for asset, extra in events
        ),
        "inlet_events": Events([(ROWS, inlet)]),
        "dag_run": SimpleNamespace(start_date=2),
    }
    assert prediction_files._sources(context, "toys", "s3://b/usual.csv") == sources
