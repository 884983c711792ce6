"""The training DAGs: shape, datasets, and a whole run with fake jars."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from airflow.timetables.base import TimeRestriction
from airflow.utils.state import TaskInstanceState
from airflow_versions import attribute, decode_timetable, encode_timetable
from conftest import DAGS, EDIT, REPOSITORY, edited

from propensity import datasets
from propensity.dags.timetable import timetable
from propensity.runners.contract import arguments

EDGES = {
    "download": {"preprocess"},
    "preprocess": {"train", "evaluate"},
    "train": {"evaluate"},
    "evaluate": {"register"},
    "register": {"deploy"},
    "deploy": set(),
}


@pytest.fixture
def dags_of(tmp_path, monkeypatch, database):
    """The DAGs that a folder of datasets makes."""

    def make(**files):
        from airflow_versions import DagBag

        for name, text in files.items():
            (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
        monkeypatch.setenv("PROPENSITY_DATASETS", str(tmp_path))
        bag = DagBag(str(DAGS))
        assert not bag.import_errors
        return bag.dags

    return make


def test_creates_a_dag_for_each_file(bag):
    files = (REPOSITORY / "datasets").glob("*.yaml")
    assert {f"{file.stem}_training" for file in files} == {name for name in bag if name.endswith("_training")}


def test_passes_each_result_to_the_tasks_that_need_it(bag):
    dag = bag["insurance_training"]
    assert {task.task_id: task.downstream_task_ids for task in dag.tasks} == EDGES


def test_retries_faults_and_notifies_of_failures(bag):
    for task in bag["insurance_training"].tasks:
        assert task.retries >= 3
        assert task.retry_exponential_backoff
        assert task.execution_timeout
        assert task.on_failure_callback


def test_runs_once_at_a_time_and_without_catchup(bag):
    dag = bag["insurance_training"]
    assert dag.max_active_runs == 1
    assert not dag.catchup
    assert dag.start_date is None
    assert attribute(dag.timetable, "expression") in ("@daily", "0 0 * * *")
    assert attribute(dag.timetable, "run_immediately") == timedelta(0)


def test_the_first_scheduled_run_is_at_the_next_time_and_not_the_last(bag):
    # Left to itself, Airflow makes up for a time less than five minutes ago.
    for schedule in ("@daily", "@hourly", "* * * * *"):
        scheduler_side = decode_timetable(encode_timetable(timetable(schedule)))
        nothing_yet = TimeRestriction(earliest=None, latest=None, catchup=False)
        begun = datetime.now(UTC)
        first = scheduler_side.next_dagrun_info(last_automated_data_interval=None, restriction=nothing_yet)
        assert first.run_after > begun


def test_a_dataset_may_have_no_schedule():
    assert timetable(None) is None


def test_a_broken_file_shows_its_error_and_the_other_dags_load(dags_of):
    dags = dags_of(
        good="name: good\ntitle: Good\n",
        tabs="name: tabs\n\ttitle: no tabs in YAML\n",
        other="name: another\n",
        words="just words",
        weekly="name: weekly\nschedule: every week\n",
    )
    names = {name for name in dags if name.endswith("_training")}
    assert names == {"good_training", "tabs_training", "other_training", "words_training", "weekly_training"}
    assert len(dags["good_training"].tasks) == 6
    messages = {name: dag.doc_md for name, dag in dags.items() if "broken" in dag.tags}
    assert "good_training" not in messages
    assert all(len(dags[name].tasks) == 6 for name in names)
    assert "line 2" in messages["tabs_training"]
    assert "the name must be other, as in the file's name, not 'another'" in messages["other_training"]
    assert "must be a mapping" in messages["words_training"]
    assert "'every week' is not a schedule" in messages["weekly_training"]


def test_the_first_task_of_a_broken_file_fails_with_its_error(dags_of, capfd):
    run = dags_of(words="just words")["words_training"].test()
    states = {task.task_id: task.state for task in run.get_task_instances()}
    assert states["download"] == TaskInstanceState.FAILED
    assert states["preprocess"] == TaskInstanceState.UPSTREAM_FAILED
    assert "words.yaml must be a mapping" in "".join(capfd.readouterr())


@pytest.mark.parametrize(
    ("text", "expression"),
    [("schedule: '0 6 * * 1'  # Mondays\n\tbroken\n", "0 6 * * 1"), ("schedule: [unclosed\n", "0 0 * * *")],
)
def test_a_broken_file_keeps_its_schedule_as_far_as_it_can_be_read(dags_of, text, expression):
    dag = dags_of(shop="name: shop\n" + text)["shop_training"]
    assert "shop.yaml, line" in dag.doc_md
    # Airflow 3.2 keeps the word.
    assert attribute(dag.timetable, "expression").replace("@daily", "0 0 * * *") == expression
    assert dags_of(shop="schedule: never\n")["shop_training"].timetable.__class__.__name__ == "NullTimetable"


def test_a_file_with_another_extension_is_named(dags_of, tmp_path):
    (tmp_path / "shop.yml").write_text("name: shop\n", encoding="utf-8")
    assert "shop.yml: rename it to shop.yaml" in dags_of()["shop_training"].doc_md


def test_a_file_that_is_not_utf_8_is_broken(dags_of, tmp_path):
    (tmp_path / "latin.yaml").write_bytes(b"name: latin\ntitle: caf\xe9\n")
    assert "latin.yaml cannot be read" in dags_of()["latin_training"].doc_md


def test_yes_and_no_stay_strings(tmp_path):
    file = tmp_path / "no.yaml"
    file.write_text("name: no\ntitle: yes\nschedule: null\n", encoding="utf-8")
    read = datasets.read(file)
    assert (read.name, read.title, read.schedule) == ("no", "yes", None)


def test_options_are_values_flags_or_left_out():
    options = {"poll_seconds": 2, "learner": "", "force": True, "plan": False, "seed": None, "parameters": {"eta": 0.1}}
    assert arguments(options) == ["--poll-seconds", "2", "--force", "--parameters", '{"eta": 0.1}']


@pytest.fixture
def run(bag, monkeypatch):
    """Runs the insurance DAG with the fake launcher as processes; gives each jar's command line."""
    monkeypatch.setenv("PROPENSITY_RUNNER", "process")

    def run_training(**conf):
        from airflow_versions import DagBag

        dag_run = edited(DagBag(str(DAGS)).dags["insurance_training"]).test(run_conf=conf)
        assert dag_run.state == "success"
        commands = {}
        for instance in dag_run.get_task_instances():
            assert instance.xcom_pull(task_ids=instance.task_id) == f"s3://test/{instance.task_id}"
            commands[instance.task_id] = instance.xcom_pull(task_ids=instance.task_id, key="result")["reason"]
        assert not any(EDIT.strip() in command for command in commands.values()), (
            "the run is pinned to what it began with"
        )
        return commands

    return run_training


def test_a_run_without_parameters_leaves_the_defaults_to_the_jars(run, monkeypatch):
    commands = run()
    text = (REPOSITORY / "datasets" / "insurance.yaml").read_text(encoding="utf-8")
    dataset = text.replace("\n", " ").replace('"', "'")
    today = datetime.now(UTC).date()
    assert commands["download"].startswith(f"download --date {today} --dataset {dataset} --result ")
    assert commands["preprocess"].startswith(f"preprocess --raw s3://test/download --dataset {dataset} --result ")
    assert commands["train"].startswith("train --features s3://test/preprocess --parameters {} --dataset ")
    assert commands["evaluate"].startswith(
        "evaluate --model s3://test/train --features s3://test/preprocess --dataset "
    )
    assert re.match(
        r"register --evaluation s3://test/evaluate --release auto --who \w+, manual__\S+ --dataset ",
        commands["register"],
    )
    assert commands["deploy"].startswith("deploy --release s3://test/register --dataset ")


def test_a_manual_run_takes_parameters(run, monkeypatch):
    monkeypatch.setenv("AIRFLOW_VAR_PROPENSITY_SOURCE_INSURANCE", "s3://inbox/variable.csv")
    monkeypatch.setenv("AIRFLOW_VAR_PROPENSITY_ENDPOINTS", json.dumps({"insurance": "http://127.0.0.1:8081"}))
    commands = run(
        source="s3://inbox/param.csv",
        learner="lightgbm",
        parameters={"eta": 0.05},
        force=["train"],
        release="challenger",
    )
    assert "download --source s3://inbox/param.csv --date" in commands["download"]
    assert "--learner lightgbm --parameters {'eta': 0.05} --force" in commands["train"]
    assert "--force" not in commands["evaluate"]
    assert "--release challenger" in commands["register"]
    assert "--endpoint {'insurance': 'http://127.0.0.1:8081'}" in commands["deploy"]


def test_the_variable_names_the_source_of_the_nightly_run(run, monkeypatch):
    monkeypatch.setenv("AIRFLOW_VAR_PROPENSITY_SOURCE_INSURANCE", "s3://inbox/variable.csv")
    assert "download --source s3://inbox/variable.csv --date" in run()["download"]


@pytest.mark.parametrize("name", ["insurance_training", "insurance_prediction"])
def test_every_option_is_in_its_jars_help(bag, name):
    for task in (task for task in bag[name].tasks if hasattr(task, "jar")):
        file = REPOSITORY / "tasks" / task.jar / "src/test/resources" / f"{task.jar}-help.txt"
        text = file.read_text(encoding="utf-8")
        given = {"--" + name.replace("_", "-") for name in task.options} | {"--result"}
        if task.dataset:
            given.add("--dataset")
        known = set(re.findall(r"(?<![\w-])--[a-z-]+", text))
        required = set(re.findall(r"(?<!\[)(?<![\w-])(--[a-z-]+)=", text[: text.index("\n      --")])) - {"--result"}
        assert given <= known, task.jar
        assert required <= given, task.jar
