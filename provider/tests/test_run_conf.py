"""A run whose conf has keys that its form lacks."""

from __future__ import annotations

import pytest
from conftest import DAGS

from propensity.run_conf import unknown_keys


def test_names_each_unknown_key_and_the_nearest_one():
    assert unknown_keys({"sauce": "x", "zzz": 1, "force": []}, ["source", "learner", "force"]) == (
        "the run's conf has the unknown keys 'sauce' (did you mean 'source'?), 'zzz'; "
        "valid keys are source, learner, force"
    )
    assert unknown_keys({"force": []}, ["source", "force"]) == ""


@pytest.mark.parametrize(
    ("dag", "first"),
    [
        ("insurance_training", {"download"}),
        ("insurance_experiment", {"download", "plan"}),
        ("insurance_prediction", {"files"}),
    ],
)
def test_a_run_with_an_unknown_key_fails_before_any_work(database, monkeypatch, capfd, dag, first):
    from airflow_versions import DagBag

    monkeypatch.setenv("PROPENSITY_RUNNER", "process")
    run = DagBag(str(DAGS)).dags[dag].test(run_conf={"sauce": "s3://inbox/param.csv"})

    assert run.state == "failed"
    tasks = run.get_task_instances()
    assert {task.task_id for task in tasks if task.state == "failed"} == first
    assert all(task.xcom_pull(task_ids=task.task_id) is None for task in tasks)
    assert "the run's conf has the unknown key 'sauce' (did you mean 'source'?); valid keys are source, " in "".join(
        capfd.readouterr()
    )
