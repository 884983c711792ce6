"""Where a jar's task runs."""

from __future__ import annotations

import pytest
from airflow_versions import ParamValidationError

from propensity.dags.experiment_form import experiment_form
from propensity.dags.forms import training_form
from propensity.jar_task import jar_task


def test_one_setting_moves_one_task_to_another_runner(monkeypatch):
    monkeypatch.setenv("PROPENSITY_RUNNER_TRAIN", "sagemaker")
    assert type(jar_task("train").operator).__name__ == "SageMakerJarOperator"
    assert type(jar_task("evaluate").operator).__name__ == "DockerJarOperator"
    assert type(jar_task("train", runner="process").operator).__name__ == "ProcessJarOperator"


def test_each_runner_may_have_a_pool_of_its_own(monkeypatch):
    monkeypatch.setenv("PROPENSITY_POOL", "cores")
    monkeypatch.setenv("PROPENSITY_POOL_ECS", "jobs")
    assert jar_task("train", runner="ecs").operator.pool == "jobs"
    assert jar_task("train", runner="process").operator.pool == "cores"
    assert jar_task("train", runner="ecs", airflow={"pool": "own"}).operator.pool == "own"


@pytest.mark.parametrize("form", [training_form, experiment_form])
def test_a_run_may_choose_an_instance_where_there_are_some(form, monkeypatch):
    assert "training_job" not in form()
    monkeypatch.setenv("PROPENSITY_RUNNER_TRAIN", "sagemaker")
    assert form()["training_job"].resolve({"instance_type": "ml.c5.xlarge"}) == {"instance_type": "ml.c5.xlarge"}
    with pytest.raises(ParamValidationError, match="is not of type"):
        form()["training_job"].resolve({"seconds": "an hour"})


def test_reports_the_known_runners(monkeypatch):
    with pytest.raises(ValueError, match="runner must be one of docker, ecs, kubernetes, process, sagemaker"):
        jar_task("train", runner="moon")
    monkeypatch.setenv("PROPENSITY_RUNNER_TRAIN", "moon")
    with pytest.raises(
        ValueError,
        match=r"or PROPENSITY_RUNNER_TRAIN: it must be one of docker",
    ):
        jar_task("train")


@pytest.mark.parametrize("deferrable", [True, False])
def test_a_deployment_does_not_wait_only_where_the_triggerer_does(deferrable):
    deployment = jar_task("deploy", runner="process", airflow={"deferrable": deferrable}).operator
    assert ("--no-wait" in deployment.command_line("result.json")) == deferrable
