"""An experiment as a user types it: learners on folds of the real rows, one fit killed, a learner added later."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import threading

import pytest
import requests
from machine import engine, soon
from own_stack import PROJECT

SHARED = os.environ.get("PROPENSITY_SHARED") or PROJECT.parent / "shared"
REAL_ROWS = PROJECT.joinpath(SHARED, "data", "santander", "train.csv.gz")
LEARNERS = ("logistic", "lightgbm")
LATER = "randomforest"
"""A further learner on the same folds."""
FOLDS = 2
DAG = "santander_experiment"


def real_rows() -> str:
    if not REAL_ROWS.exists():
        message = f"the real rows are not at {REAL_ROWS}; PROPENSITY_SHARED names another folder"
        assert os.environ.get("CI") != "true", message
        pytest.skip(message)
    return str(REAL_ROWS)


def kill_a_fit(stack, killed: list[str]) -> None:
    """Kills the container of the first fit that is seen at work; where tasks are processes, none."""
    if docker := engine():
        labels = [stack.label(), "propensity.task=fit"]
        [first, *_] = soon(lambda: docker.api.containers(filters={"label": labels}))
        docker.api.kill(first["Id"])
        killed.append(first["Labels"]["propensity.map_index"])


def instances(stack, task: str) -> list[dict]:
    found = stack.airflow(f"{stack.last_run(DAG)}/taskInstances", limit=100)["task_instances"]
    return [instance for instance in found if instance["task_id"] == task]


def test_learners_compete_and_the_best_becomes_the_model_that_answers(stack):
    shutil.copy(PROJECT / "datasets" / "santander.yaml", stack.datasets)
    rows = real_rows()
    assert stack.make("start").returncode == 0
    killed: list[str] = []
    strike = threading.Thread(target=kill_a_fit, args=(stack, killed), daemon=True)
    strike.start()

    done = stack.make("experiment", DATASET="santander", DATA=rows, LEARNERS=" ".join(LEARNERS), FOLDS=str(FOLDS))

    assert done.returncode == 0
    strike.join(10)
    fits = instances(stack, "fit")
    assert len(fits) == len(LEARNERS) * FOLDS
    assert {fit["state"] for fit in fits} == {"success"}
    assert {str(fit["map_index"]) for fit in fits if fit["try_number"] > 1} == set(killed)
    table = re.findall(rf"^  ({'|'.join(LEARNERS)}) +(0\.\d+) ± 0\.\d+ ", done.stdout, re.MULTILINE)
    assert sorted(name for name, _ in table) == sorted(LEARNERS)
    best, auc = table[0]
    assert best == "logistic"
    assert float(auc) > 0.8
    assert "version 1 of santander is released" in done.stdout, "there was no champion yet"
    [url] = [url for name, url in stack.settings().endpoint_urls.items() if name == "santander"]
    assert requests.get(f"{url}/api/v1/model", timeout=10).json()["learner"] == best
    assert stack.shows_the_champions_report("santander")
    shows_the_experiment_in_mlflow(stack)
    brings_predictions_of_the_folds_to_hand(stack)
    brings_the_folds_to_hand(stack)
    a_further_learner_is_the_only_work(stack)
    writes_the_winner_down_by_the_printed_command(stack, done.stdout)


def shows_the_experiment_in_mlflow(stack) -> None:
    """One run with those of the folds' models below it."""
    api = f"{stack.settings().mlflow_url}/api/2.0/mlflow"
    query = {"experiment_name": "santander"}
    experiment = requests.get(f"{api}/experiments/get-by-name", params=query, timeout=30).json()["experiment"]
    query = {"experiment_ids": [experiment["experiment_id"]]}
    runs = requests.post(f"{api}/runs/search", json=query, timeout=30).json()["runs"]
    tags = [{tag["key"]: tag["value"] for tag in run["data"]["tags"]} for run in runs]
    [parent] = [run for run, own in zip(runs, tags, strict=True) if "propensity.winner" in own]
    below = [own for own in tags if own.get("mlflow.parentRunId") == parent["info"]["run_id"]]
    assert {(own["propensity.candidate"], own["propensity.fold"]) for own in below} == {
        (learner, str(fold)) for learner in LEARNERS for fold in range(1, FOLDS + 1)
    }
    measured = {metric["key"] for metric in parent["data"]["metrics"]}
    assert {f"train_cpu_seconds/{learner}" for learner in LEARNERS} <= measured


def brings_predictions_of_the_folds_to_hand(stack) -> None:
    """The mean of the folds' models for two new rows, and the out-of-fold scores."""
    two = REAL_ROWS.with_name("batch_of_two.csv")
    done = stack.make("predictcv", DATASET="santander", DATA=str(two))
    assert done.returncode == 0
    assert f"the mean of {FOLDS} models" in done.stdout
    [heading, *rows] = (stack.files / "models" / "submission-santander.csv").read_text().splitlines()
    assert heading == "ID_code,target"
    assert [row.split(",")[0] for row in rows] == ["test_0", "test_1"]
    assert (stack.files / "data" / "folds" / "santander" / "out-of-fold.arrow").read_bytes().startswith(b"ARROW1")


def brings_the_folds_to_hand(stack) -> None:
    assert stack.make("kfolds", DATASET="santander", FOLDS=str(FOLDS)).returncode == 0
    for fold in range(1, FOLDS + 1):
        folder = stack.files / "data" / "folds" / "santander" / f"fold-{fold}"
        assert (folder / "train.arrow").read_bytes().startswith(b"ARROW1")


def a_further_learner_is_the_only_work(stack) -> None:
    """Its fits are made and compared; the final model, of the learner that stays the best, predicts."""
    two = REAL_ROWS.with_name("batch_of_two.csv")
    variables = {"LEARNERS": " ".join([*LEARNERS, LATER]), "FOLDS": str(FOLDS), "TEST": str(two)}
    done = stack.make("fulltrainpred", DATASET="santander", **variables)
    assert done.returncode == 0
    assert len((stack.files / "models" / "predictions-santander.csv").read_text().splitlines()) == 3
    made = [place for place, result in results(stack).items() if result["status"] == "done"]
    later = [("fit", index) for index in range(len(LEARNERS) * FOLDS, (len(LEARNERS) + 1) * FOLDS)]
    # The final model names its comparison, and an endpoint is verified each time.
    assert sorted(made) == sorted([*later, ("compare", -1), ("train_final", -1), ("deploy", -1)])


def results(stack) -> dict[tuple[str, int], dict]:
    """What the tasks of the last experiment pushed, by their names and places in a mapped task."""
    run = stack.last_run(DAG)
    found = {}
    for task in stack.airflow(f"{run}/taskInstances", limit=100)["task_instances"]:
        path = f"{run}/taskInstances/{task['task_id']}/xcomEntries"
        query = {"map_index": task["map_index"], "xcom_key": "result"}
        if stack.airflow(path, **query)["total_entries"]:
            entry = stack.airflow(f"{path}/result", map_index=task["map_index"], stringify="false")
            found[task["task_id"], task["map_index"]] = entry["value"]
    return found


def writes_the_winner_down_by_the_printed_command(stack, printed: str) -> None:
    [command] = re.findall(r"^make defaults .*$", printed, re.MULTILINE)
    _, target, *variables = shlex.split(command)
    before = (stack.datasets / "santander.yaml").read_text()
    assert stack.make(target, **dict(variable.split("=", 1) for variable in variables)).returncode == 0
    after = (stack.datasets / "santander.yaml").read_text()
    assert re.search(r"^learner: logistic$", after, re.MULTILINE)
    assert [line for line in after.splitlines() if "#" in line] == [line for line in before.splitlines() if "#" in line]
