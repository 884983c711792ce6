"""The prediction DAGs: when they run, on which files, and a whole run with fake jars."""

from __future__ import annotations

import pytest
from airflow.sdk import Asset
from airflow.sdk.exceptions import AirflowFailException
from conftest import DAGS, EDIT, REPOSITORY, edited

from propensity import dataset_files
from propensity.dataset_files import BrokenDataset
from propensity.files import announced, prediction_schedule, rows_to_predict

KAGGLE = "kaggle:anmolkumar/health-insurance-cross-sell-prediction/test.csv"


def test_makes_a_dag_for_each_file(bag):
    files = (REPOSITORY / "datasets").glob("*.yaml")
    assert {f"{file.stem}_prediction" for file in files} == {name for name in bag if name.endswith("_prediction")}


def test_hands_each_file_to_its_own_tasks(bag):
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


def test_runs_when_a_file_is_announced(bag):
    condition = bag["insurance_prediction"].timetable.asset_condition
    assert [asset.name for asset in condition.objects] == ["insurance_rows_to_predict"]


def read(folder, text):
    file = folder / "shop.yaml"
    file.write_text("name: shop\n" + text, encoding="utf-8")
    return dataset_files.read(file)


def test_runs_at_its_times_too_where_the_file_says_so(tmp_path):
    shop = read(tmp_path, "prediction: {source: 's3://bucket/new.csv', schedule: '0 6 * * 1'}\n")
    assert shop.prediction_source == "s3://bucket/new.csv"
    schedule = prediction_schedule(shop)
    assert schedule.timetable.expression == "0 6 * * 1"
    assert prediction_schedule(read(tmp_path, "title: none\n")) == [rows_to_predict("shop")]
    assert isinstance(rows_to_predict("shop"), Asset)


@pytest.mark.parametrize("wrong", ["prediction: daily\n", "prediction: {schedule: daily}\n"])
def test_a_broken_section_is_a_broken_file(tmp_path, wrong):
    with pytest.raises(BrokenDataset, match=r"shop\.yaml: "):
        read(tmp_path, wrong)


def test_takes_every_file_that_was_announced_once():
    assert announced([{"source": "s3://b/1.csv"}, {"source": "s3://b/2.csv"}, {"source": "s3://b/1.csv"}]) == [
        "s3://b/1.csv",
        "s3://b/2.csv",
    ]
    assert announced([]) == []


@pytest.mark.parametrize("extra", [{}, {"source": ""}, {"source": 1}, {"file": "s3://b/1.csv"}])
def test_refuses_an_announcement_that_names_no_file(extra):
    with pytest.raises(AirflowFailException, match="names no file"):
        announced([{"source": "s3://b/1.csv"}, extra])


@pytest.fixture
def run(database, monkeypatch):
    """Runs the insurance DAG with the fake launcher as processes; gives what each jar was told."""
    monkeypatch.setenv("PROPENSITY_RUNNER", "process")

    def run_prediction(**conf):
        from airflow.dag_processing.dagbag import DagBag

        dag_run = edited(DagBag(str(DAGS)).dags["insurance_prediction"]).test(run_conf=conf)
        assert dag_run.state == "success"
        told = {
            instance.task_id: instance.xcom_pull(
                task_ids=instance.task_id, key="result", map_indexes=instance.map_index
            )["reason"]
            for instance in dag_run.get_task_instances()
            if instance.task_id != "files"
        }
        assert not any(EDIT.strip() in words for words in told.values()), "the run is pinned to what it began with"
        return told

    return run_prediction


def test_a_run_without_choices_predicts_the_usual_rows_by_the_champion(run):
    told = run()
    assert told["download"].startswith(f"download --source {KAGGLE} --date ")
    assert told["predict"].startswith("predict --raw s3://test/download --dataset ")


def test_a_run_by_hand_chooses(run):
    told = run(source="s3://inbox/new.csv", model_version=3, force=["predict"])
    assert told["download"].startswith("download --source s3://inbox/new.csv --date ")
    assert told["predict"].startswith("predict --raw s3://test/download --model-version 3 --force --dataset ")


def test_a_run_by_hand_may_name_models_whose_mean_counts(run):
    told = run(source="s3://inbox/new.csv", models=["s3://store/train/1", "s3://store/train/2"])
    models = "--models ['s3://store/train/1', 's3://store/train/2']"
    assert told["predict"].startswith(f"predict --raw s3://test/download {models} --dataset ")


def test_a_variable_names_the_usual_source_of_this_airflow(run, monkeypatch):
    monkeypatch.setenv("AIRFLOW_VAR_PROPENSITY_PREDICTION_SOURCE_INSURANCE", "s3://inbox/variable.csv")
    assert run()["download"].startswith("download --source s3://inbox/variable.csv --date ")
