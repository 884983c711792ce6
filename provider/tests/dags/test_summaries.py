"""What Airflow shows of a task without its log: the summary in a run's list of tasks, and the links."""

from __future__ import annotations

import pytest

from propensity.links import MlflowRunLink
from propensity.summary import MAX_CHARACTERS, summary

RUN = "http://mlflow:5000/#/experiments/1/runs/abc"


def test_the_list_of_tasks_shows_each_decision(canned):
    canned.result("evaluate", reason="challenger: AUC 0.861 is not better than the champion's 0.864")
    canned.result("register", reason="version 2 is a challenger")
    canned.result("deploy", exit_code=99, status="skipped", reason="version 2 is a challenger: not deployed")
    tasks = canned.run()
    assert {name: task.rendered_map_index for name, task in tasks.items()} == {
        "download": "done",
        "preprocess": "done",
        "train": "done",
        "evaluate": "challenger: AUC 0.861 is not better than the champion's 0.864",
        "register": "version 2 is a challenger",
        "deploy": "version 2 is a challenger: not deployed",
    }


def test_the_list_of_tasks_shows_what_the_user_must_fix(canned):
    canned.result("download", exit_code=2, status="rejected", reason="rows.csv, line 7: age is 'x'")
    assert canned.run()["download"].rendered_map_index == "rows.csv, line 7: age is 'x'"


def test_every_task_on_synthetic_data_says_so(canned):
    for task in ("download", "evaluate"):
        canned.result(task, name=f"{canned.name}-synthetic", reason="fine")
    tasks = canned.run(source="synthetic:50000")
    assert tasks["download"].rendered_map_index == "SYNTHETIC DATA: fine"
    assert tasks["evaluate"].rendered_map_index == "SYNTHETIC DATA: fine"
    assert tasks["train"].rendered_map_index == "done"


def test_a_summary_is_one_line_that_fits_airflows_column():
    assert summary({"reason": "a\n  b"}, None) == "a; b"
    assert summary({"reason": "release: " + "word " * 1000}, None).startswith("release: word word ")
    assert summary({"reason": "word " * 1000}, None).endswith(" word …")
    assert len(summary({"reason": "word " * 1000}, None)) <= MAX_CHARACTERS
    assert len(summary({"reason": "x" * 1000}, None)) <= MAX_CHARACTERS
    assert summary(None, ValueError("a stack trace has it")) == ""
    assert summary(None, None) == ""


def links(canned, kind="training"):
    found = {task.task_id: [link.name for link in task.operator_extra_links] for task in canned.dag(kind).tasks}
    return {name: texts for name, texts in found.items() if texts}


def test_only_tasks_that_make_something_to_see_have_links(canned):
    learned, judged = ["MLflow run"], ["Report", "MLflow run"]
    assert links(canned) == {"train": learned, "evaluate": judged, "deploy": ["Endpoint"]}
    assert links(canned, "experiment") == {
        "fit": learned,
        "train_final": learned,
        "compare": judged,
        "evaluate": judged,
        "deploy": ["Endpoint"],
    }
    assert links(canned, "prediction") == {"predict": learned}


def test_links_lead_to_the_addresses_of_the_result_and_nowhere_without_them(canned):
    canned.result("evaluate", mlflow_run=RUN, report=f"{RUN}/artifacts/evaluation/report.html")
    canned.live(1, endpoint="http://127.0.0.1:8081")
    tasks = canned.run()

    def link(task, name):
        return tasks[task].xcom_pull(task_ids=task, key=f"_link_{name}")

    assert link("evaluate", "MlflowRunLink") == RUN
    assert link("evaluate", "ReportLink") == f"{RUN}/artifacts/evaluation/report.html"
    assert link("deploy", "EndpointLink") == "http://127.0.0.1:8081"
    assert not link("train", "MlflowRunLink")


@pytest.mark.parametrize("address", ["https://mlflow.example.org/", "https://mlflow.example.org"])
def test_links_to_mlflow_use_the_address_that_browsers_reach(monkeypatch, address):
    assert MlflowRunLink.address(RUN) == RUN
    monkeypatch.setenv("PROPENSITY_MLFLOW_URL", address)
    assert MlflowRunLink.address(RUN) == "https://mlflow.example.org/#/experiments/1/runs/abc"
    assert MlflowRunLink.address("") == ""
