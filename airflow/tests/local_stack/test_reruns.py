"""Tasks that are cleared, each alone and at any time, on a running stack."""

from __future__ import annotations

import re

import pytest
from machine import soon
from observed import is_in_order, observe
from own_stack import TASKS

DAG, NAME = "insurance_training", "insurance-synthetic"


@pytest.fixture(scope="module")
def settled(trained):
    """The stack, after a run that found all of its work done."""
    trained.run(DATA="sample:20000")
    return trained


@pytest.mark.parametrize("task", TASKS)
def test_clearing_a_task_finds_what_it_made(settled, task):
    before, results, tries = is_in_order(settled, NAME), settled.results(DAG), settled.tries(DAG)

    settled.clear(DAG, task)

    after = settled.results(DAG)
    assert {name: result["uri"] for name, result in after.items()} == {n: r["uri"] for n, r in results.items()}
    # An endpoint is verified each time.
    assert after[task]["status"] == ("done" if task == "deploy" else "unchanged")
    assert settled.tries(DAG) == tries | {task: tries[task] + 1}
    assert is_in_order(settled, NAME) == before


def test_a_cleared_task_works_by_the_specification_that_its_run_began_with(settled):
    file, results = settled.datasets / "insurance.yaml", settled.results(DAG)
    text = file.read_text()
    file.write_text(re.sub(r"seed: \d+", "seed: 4711", text))
    assert file.read_text() != text
    try:
        # The first task reads the file; a task after it, had it done so too, would split by another seed.
        settled.clear(DAG, "download")
        settled.clear(DAG, "preprocess")
    finally:
        file.write_text(text)
    after = settled.results(DAG)
    assert {name: result["uri"] for name, result in after.items()} == {n: r["uri"] for n, r in results.items()}
    assert after["preprocess"]["status"] == "unchanged"


def test_register_brings_back_what_a_lost_mlflow_database_knew(settled):
    before = is_in_order(settled, NAME)
    settled.supervisor().stopProcess("mlflow")
    for file in (settled.state / "mlflow").glob("mlflow.db*"):
        file.unlink()
    assert settled.make("start").returncode == 0
    assert observe(settled, NAME).versions == []

    settled.clear(DAG, "register")

    after = observe(settled, NAME)
    assert after.aliases == before.aliases
    assert sorted(version["version"] for version in after.versions) == sorted(
        version["version"] for version in before.versions
    )
    assert (after.entries, after.answers) == (before.entries, before.answers)


def test_deploy_verifies_a_server_that_was_stopped_and_started(settled):
    before = is_in_order(settled, NAME)
    settled.supervisor().stopProcess(f"endpoint-{NAME}")
    assert settled.make("start").returncode == 0

    settled.clear(DAG, "deploy")

    assert settled.results(DAG)["deploy"]["status"] == "done"
    after = is_in_order(settled, NAME)
    assert after.entries == before.entries
    assert after.answers["since"] > before.answers["since"]


def test_a_model_that_was_rolled_back_stays_away_when_unchanged_data_is_trained_again(settled):
    better = {"DATA": "sample:20000", "PARAMETERS": '{"eta": 0.04}', "RELEASE": "release"}
    settled.run(**better)
    before = is_in_order(settled, NAME)
    settled.by_hand("rollback", f"--name={NAME}", "--why=a test takes it back")
    soon(lambda: observe(settled, NAME).answers["version"] == before.entries[-1]["previous"]["version"])

    settled.run(**better | {"RELEASE": "auto"})

    after = is_in_order(settled, NAME)
    assert after.entries[-1]["held"] == [before.champion["digest"]]
    assert after.champion == before.entries[-1]["previous"]
    assert settled.tries(DAG)["register"] == 1
