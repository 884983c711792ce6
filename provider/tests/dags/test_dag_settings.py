"""What the DAGs of a dataset have in common: documentation, owner, tags, time limits and forms."""

from __future__ import annotations

from datetime import timedelta

import pytest
from conftest import REPOSITORY

from propensity import datasets
from propensity.dags.documentation import PAGES
from propensity.dags.experiment_form import experiment_form
from propensity.dags.forms import monitoring_form, prediction_form, training_form
from propensity.datasets import BrokenDataset

KINDS = ("training", "experiment", "prediction", "monitoring")
FORMS = {
    "training": training_form,
    "experiment": experiment_form,
    "prediction": prediction_form,
    "monitoring": monitoring_form,
}


def test_the_page_begins_with_the_question_and_its_facts(canned):
    canned.describe(
        "owner: Marketing\nschedule: '0 6 * * 1'\nlabel: {column: bought|paid, positive: yes, negative: no}\n"
        "prediction: {source: s3://b/new.csv, schedule: champion}\n"
    )
    training, prediction = (canned.dag(kind).doc_md for kind in ("training", "prediction"))
    assert training.startswith("# Who buys?\n\n| | |\n| --- | --- |\n| Source | `s3://b/rows.csv` |\n")
    assert "| Schedule | `0 6 * * 1` (UTC) |" in training
    assert "| Label | `bought\\|paid`: `yes` or `no` |" in training
    assert "| Owner | Marketing |" in training
    assert "# Runbook\n\n## What the tasks do" in training
    assert "Synthetic" not in training.partition("# Runbook")[0]
    assert "| Source | `s3://b/new.csv` |" in prediction
    assert "| Schedule | for each new champion, and each announced file |" in prediction
    assert "| Schedule | none: started by hand |" in canned.dag("experiment").doc_md


def test_the_documents_that_the_page_names_exist():
    assert all((REPOSITORY / "docs" / page).is_file() for kind in KINDS for page in PAGES[kind])


def test_owner_and_tags_are_those_of_the_dataset(canned):
    for owner, more in (("propensity", ""), ("Marketing", "owner: Marketing\n")):
        canned.describe(more)
        for kind in KINDS:
            dag = canned.dag(kind)
            assert {task.owner for task in dag.tasks} == {owner}
            assert dag.tags == {"propensity", canned.name, kind}


def test_a_dataset_of_synthetic_rows_says_so(canned):
    text = canned.file.read_text(encoding="utf-8")
    canned.file.write_text(text.replace("s3://b/rows.csv", "synthetic:50000"), encoding="utf-8")
    dag = canned.dag("training")
    assert "synthetic" in dag.tags
    assert "> **Synthetic data**" in dag.doc_md


@pytest.mark.parametrize("owner", ["''", "[a]", "{a: b}"])
def test_an_invalid_owner_is_a_broken_file(canned, owner):
    canned.describe(f"owner: {owner}\n")
    with pytest.raises(BrokenDataset, match="owner must be a name"):
        datasets.read(canned.file)


def longest(task):
    """The time limits on the longest path from this task on."""
    return task.execution_timeout + max(map(longest, task.downstream_list), default=timedelta(0))


def test_a_run_has_time_for_each_task_and_a_retry_of_each(canned):
    for kind in KINDS:
        dag = canned.dag(kind)
        assert dag.dagrun_timeout > 2 * max(longest(task) for task in dag.roots), kind
        assert dag.on_failure_callback


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_a_form_has_a_group_a_title_and_a_description(kind):
    for name, param in FORMS[kind]().items():
        # Airflow shows the fields without a group, and collapses the groups.
        assert ("section" in param.schema) == (name not in ("source", "window")), name
        assert param.schema["title"], name
        assert param.description, name


@pytest.mark.parametrize("kind", KINDS)
def test_a_cleared_field_is_accepted_where_a_run_without_it_is(kind):
    # The form sends null for a field that was filled and cleared.
    required = {"release", "folds", "rank"}
    for name, param in FORMS[kind]().items():
        if name not in required:
            assert param.resolve(None) is None
        for example in param.schema.get("examples", []):
            param.resolve([example] if "array" in param.schema["type"] else example)


def test_a_run_with_cleared_fields_is_one_with_defaults(canned):
    cleared = {name: None for name, param in training_form().items() if name != "release"}
    assert {task.state for task in canned.run(**cleared).values()} == {"success"}
    experiment = {name: None for name in experiment_form() if name not in ("release", "folds", "rank")}
    states = {
        task.task_id: task.state for task in canned.dag("experiment").test(run_conf=experiment).get_task_instances()
    }
    assert states["plan"] == "success"
