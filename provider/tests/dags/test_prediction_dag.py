"""The prediction DAGs: when they run, on which files, and a whole run with fake jars."""

from __future__ import annotations

import pytest
from airflow.sdk import Asset
from airflow_versions import attribute
from conftest import DAGS, EDIT, REPOSITORY, edited

from propensity import datasets
from propensity.dags.prediction_files import announced_sources, prediction_schedule, rows_to_predict
from propensity.datasets import BrokenDataset
from propensity.sdk import AirflowFailException

KAGGLE = "kaggle:anmolkumar/health-insurance-cross-sell-prediction/test.csv"


def test_creates_a_dag_for_each_file(bag):
    files = (REPOSITORY / "datasets").glob("*.yaml")
    assert {f"{file.stem}_prediction" for file in files} == {name for name in bag if name.endswith("_prediction")}


def test_maps_each_file_to_its_own_tasks(bag):
    dag = bag["insurance_prediction"]
    assert {task.task_id: task.downstream_task_ids for task in dag.tasks} == {
        "files": {"download"},
        "download": {"predict"},
        "predict": set(),
    }
    assert dag.max_active_runs == 1
    assert not dag.catchup
    assert {task.retries for task in dag.tasks} == {4}
    assert all(task.on_failure_callback for task in dag.tasks)


def test_runs_on_an_asset_event(bag):
    condition = bag["insurance_prediction"].timetable.asset_condition
    assert [asset.name for asset in condition.objects] == ["insurance_rows_to_predict"]


def read(folder, text):
    file = folder / "shop.yaml"
    file.write_text("name: shop\n" + text, encoding="utf-8")
    return datasets.read(file)


def test_runs_on_a_schedule_too_if_the_file_has_one(tmp_path):
    shop = read(tmp_path, "prediction: {source: 's3://bucket/new.csv', schedule: '0 6 * * 1'}\n")
    assert shop.prediction_source == "s3://bucket/new.csv"
    schedule = prediction_schedule(shop)
    assert attribute(schedule.timetable, "expression") == "0 6 * * 1"
    assert prediction_schedule(read(tmp_path, "title: none\n")) == [rows_to_predict("shop")]
    assert isinstance(rows_to_predict("shop"), Asset)


@pytest.mark.parametrize("wrong", ["prediction: daily\n", "prediction: {schedule: daily}\n"])
def test_an_invalid_section_is_a_broken_file(tmp_path, wrong):
    with pytest.raises(BrokenDataset, match=r"shop\.yaml: "):
        read(tmp_path, wrong)


def test_takes_every_announced_file_once():
    assert announced_sources([{"source": "s3://b/1.csv"}, {"source": "s3://b/2.csv"}, {"source": "s3://b/1.csv"}]) == [
        "s3://b/1.csv",
        "s3://b/2.csv",
    ]
    assert announced_sources([]) == []


@pytest.mark.parametrize("extra", [{}, {"source": ""}, {"source": 1}, {"file": "s3://b/1.csv"}])
def test_an_asset_event_that_names_no_file_keeps_none_of_the_others_back(extra, caplog):
    assert announced_sources([{"source": "s3://b/1.csv"}, extra]) == ["s3://b/1.csv"]
    assert f"1 of 2 asset events have no file, such as the one with the extra {extra}" in caplog.text
    with pytest.raises(AirflowFailException, match="1 of 1 asset events have no file"):
        announced_sources([extra])


@pytest.fixture
def run(database, monkeypatch):
    """Runs the insurance DAG with the fake launcher as processes; gives each jar's command line."""
    monkeypatch.setenv("PROPENSITY_RUNNER", "process")

    def run_prediction(**conf):
        from airflow_versions import DagBag

        dag_run = edited(DagBag(str(DAGS)).dags["insurance_prediction"]).test(run_conf=conf)
        assert dag_run.state == "success"
        commands = {
            instance.task_id: instance.xcom_pull(
                task_ids=instance.task_id, key="result", map_indexes=instance.map_index
            )["reason"]
            for instance in dag_run.get_task_instances()
            if instance.task_id != "files"
        }
        assert not any(EDIT.strip() in command for command in commands.values()), (
            "the run is pinned to what it began with"
        )
        return commands

    return run_prediction


def test_a_run_without_parameters_predicts_the_default_rows_by_the_champion(run):
    commands = run()
    assert commands["download"].startswith(f"download --source {KAGGLE} --date ")
    assert commands["predict"].startswith("predict --raw s3://test/download --dataset ")


def test_a_manual_run_takes_parameters(run):
    commands = run(source="s3://inbox/new.csv", model_version=3, force=["predict"])
    assert commands["download"].startswith("download --source s3://inbox/new.csv --date ")
    assert commands["predict"].startswith("predict --raw s3://test/download --model-version 3 --force --dataset ")


def test_a_manual_run_may_average_the_models_that_it_names(run):
    commands = run(source="s3://inbox/new.csv", models=["s3://store/train/1", "s3://store/train/2"])
    models = "--models ['s3://store/train/1', 's3://store/train/2']"
    assert commands["predict"].startswith(f"predict --raw s3://test/download {models} --dataset ")


def test_a_variable_sets_the_default_source_of_this_airflow(run, monkeypatch):
    monkeypatch.setenv("AIRFLOW_VAR_PROPENSITY_PREDICTION_SOURCE_INSURANCE", "s3://inbox/variable.csv")
    assert run()["download"].startswith("download --source s3://inbox/variable.csv --date ")
