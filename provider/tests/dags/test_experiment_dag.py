"""The experiment DAGs: shape, each jar's command line, and a whole run with fake jars."""

from __future__ import annotations

import json
import re

import pytest
from airflow_versions import ParamValidationError
from conftest import DAGS, EDIT, REPOSITORY, edited

from propensity.dags.experiment_form import experiment_form
from propensity.dags.forms import training_form
from propensity.learners import LEARNERS

EDGES = {
    "download": {"fold", "preprocess_all", "preprocess"},
    "plan": {"fold"},
    "fold": {"fits", "compare"},
    "fits": {"fit"},
    "fit": {"compare"},
    "compare": {"train_final"},
    "preprocess_all": {"train_final"},
    "preprocess": {"evaluate"},
    "train_final": {"evaluate"},
    "evaluate": {"register"},
    "register": {"deploy"},
    "deploy": set(),
}
MAPPED = ("fold", "fit")


def test_creates_a_dag_for_each_file_that_is_only_triggered_manually(bag):
    files = (REPOSITORY / "datasets").glob("*.yaml")
    names = {name for name in bag if name.endswith("_experiment")}
    assert {f"{file.stem}_experiment" for file in files} == names
    assert all(bag[name].schedule is None and bag[name].max_active_runs == 1 for name in names)


def test_passes_each_result_to_the_tasks_that_need_it(bag):
    dag = bag["insurance_experiment"]
    assert {task.task_id: task.downstream_task_ids for task in dag.tasks} == EDGES
    assert {task.task_id for task in dag.tasks if task.is_mapped} == set(MAPPED)


def test_retries_faults_and_notifies_of_failures(bag):
    for task in bag["insurance_experiment"].tasks:
        assert task.retries >= 3
        assert task.retry_exponential_backoff
        assert task.execution_timeout
        assert task.on_failure_callback


def test_every_option_is_in_its_jars_help(bag):
    more = {"fold": {"folds", "fold"}, "fit": {"learner", "parameters", "features"}}
    for task in bag["insurance_experiment"].tasks:
        settings = task.partial_kwargs if task.is_mapped else vars(task)
        if "jar" not in settings:
            continue
        jar = settings["jar"]
        file = REPOSITORY / "tasks" / jar / "src/test/resources" / f"{jar}-help.txt"
        known = set(re.findall(r"(?<![\w-])--[a-z-]+", file.read_text(encoding="utf-8")))
        options = settings["options"].keys() | more.get(task.task_id, set())
        assert {"--" + name.replace("_", "-") for name in options} <= known, task.task_id


def test_the_forms_offer_the_learners_of_the_jars():
    text = (REPOSITORY / "tasks/train/src/test/resources/train-help.txt").read_text(encoding="utf-8")
    learners = re.search(r"--learner=NAME\s+Learner: ([^;]+);", text)[1]
    assert re.split(r",\s+", learners) == LEARNERS


def test_the_form_offers_the_metrics_of_the_jar():
    text = (REPOSITORY / "tasks/compare/src/test/resources/compare-help.txt").read_text(encoding="utf-8")
    metrics = re.search(r"--rank=METRIC\s+Metric [^:]+: ([^;]+);", text)[1]
    assert re.split(r",\s+", metrics) == experiment_form()["rank"].schema["enum"]


def test_the_forms_reject_an_unknown_learner():
    for form, name, good, bad in [
        (training_form(), "learner", [None, "", *LEARNERS], "xgbost"),
        (experiment_form(), "learners", [[], LEARNERS], ["xgboost", "xgbost"]),
    ]:
        for value in good:
            assert form[name].resolve(value) == value
        with pytest.raises(ParamValidationError, match="xgbost"):
            form[name].resolve(bad)


@pytest.fixture
def run(bag, monkeypatch):
    """Runs the insurance experiment with the fake launcher as processes; each jar's command line, by task and index."""
    monkeypatch.setenv("PROPENSITY_RUNNER", "process")

    def run_experiment(**conf):
        from airflow_versions import DagBag

        dag_run = edited(DagBag(str(DAGS)).dags["insurance_experiment"]).test(run_conf=conf)
        commands = {}
        for instance in dag_run.get_task_instances():
            result = instance.xcom_pull(task_ids=instance.task_id, key="result", map_indexes=instance.map_index)
            commands[instance.task_id, instance.map_index] = result and result["reason"]
            assert not result or EDIT.strip() not in result["reason"], "the run is pinned to what it began with"
        return dag_run.state, commands

    return run_experiment


def test_fits_each_candidate_on_each_fold_and_joins_them(run):
    state, commands = run(learners=["xgboost", "logistic"], folds=3, parameters={"xgboost": {"eta": [0.1, 0.2]}})
    assert state == "success"
    assert [commands["fold", fold].split(" --dataset")[0] for fold in range(3)] == [
        f"preprocess --raw s3://test/download --folds 3 --fold {fold}" for fold in (1, 2, 3)
    ]
    fits = [commands["fit", index] for index in range(9)]
    assert ("fit", 9) not in commands
    assert fits[0].startswith("train --learner xgboost --parameters {'eta': 0.1} --features s3://test/preprocess ")
    assert fits[3].startswith("train --learner xgboost --parameters {'eta': 0.2} --features s3://test/preprocess ")
    assert fits[8].startswith("train --learner logistic --parameters {} --features s3://test/preprocess ")
    models, folds = (json.dumps([uri] * count) for uri, count in (("s3://test/train", 9), ("s3://test/preprocess", 3)))
    assert commands["compare", -1].startswith(
        f"compare --models {models} --features {folds} --rank auc --dataset ".replace('"', "'")
    )
    assert commands["preprocess_all", -1].startswith(
        "preprocess --raw s3://test/download --without-validation --dataset "
    )
    assert commands["train_final", -1].startswith(
        "train --features s3://test/preprocess --comparison s3://test/compare --dataset "
    )
    assert commands["evaluate", -1].startswith("evaluate --model s3://test/train --features s3://test/preprocess ")
    assert "--release auto" in commands["register", -1]


def test_a_run_without_parameters_compares_the_datasets_learner_on_five_folds(run):
    state, commands = run()
    assert state == "success"
    assert sum(task == "fold" for task, _ in commands) == 5
    assert [commands["fit", index].split(" --features")[0] for index in range(5)] == [
        "train --learner xgboost --parameters {}"
    ] * 5


def test_a_manual_run_takes_parameters(run):
    state, commands = run(
        folds=2,
        candidate="xgboost-2",
        trials=1,
        search={"xgboost": {"eta": [0.01, 0.1]}},
        force=["train"],
        release="challenger",
    )
    assert state == "success"
    assert "--candidate xgboost-2 --force" in commands["train_final", -1]
    assert "--parameters {'eta': 0.0" in commands["fit", 2]
    assert all("--force" in commands["fit", index] for index in range(4))
    assert "--force" not in commands["fold", 0]
    assert "--release challenger" in commands["register", -1]


def test_an_invalid_experiment_fails_before_any_work(run, capfd):
    state, commands = run(trials=2, learners=["randomforest"])
    assert state == "failed"
    assert commands["fold", -1] is None
    assert "trials of randomforest need ranges" in "".join(capfd.readouterr())
