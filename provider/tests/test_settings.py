"""The settings: what is rejected, and how it is said."""

from __future__ import annotations

import sys

import pytest

from propensity.jar_task import jar_task
from propensity.settings import check_options, flag, number


@pytest.mark.parametrize(
    ("variable", "message"),
    [
        ("AIRFLOW__PROPENSITY__RUNER", r"unknown option runer in the section \[propensity\].*; did you mean runner\?"),
        ("AIRFLOW__PROPENSITY_ECS__CLUSTR", r"unknown option clustr in the section \[propensity_ecs\].*mean cluster\?"),
    ],
)
def test_an_unknown_option_is_named_with_the_nearest(monkeypatch, variable, message):
    check_options()
    monkeypatch.setenv(variable, "docker")
    with pytest.raises(ValueError, match=message):
        check_options()


def test_options_of_single_tasks_and_runners_are_known(monkeypatch):
    monkeypatch.setenv("AIRFLOW__PROPENSITY__RUNNER_TRAIN", "docker")
    monkeypatch.setenv("AIRFLOW__PROPENSITY__POOL_ECS", "jobs")
    check_options()


def test_a_wrong_value_names_the_option_and_the_variable(monkeypatch):
    monkeypatch.setenv("PROPENSITY_DEFERRABLE", "maybe")
    with pytest.raises(ValueError, match=r"deferrable in the section \[propensity\], or PROPENSITY_DEFERRABLE"):
        flag("PROPENSITY_DEFERRABLE", default=True)
    monkeypatch.setenv("PROPENSITY_RETRY_SECONDS", "abc")
    with pytest.raises(ValueError, match=r"retry_seconds in the section .*must be a number of seconds, not 'abc'"):
        number("PROPENSITY_RETRY_SECONDS", 10)


def test_a_runner_whose_package_is_missing_names_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "airflow.providers.docker.hooks.docker", None)
    monkeypatch.delitem(sys.modules, "propensity.runners.docker_runner", raising=False)
    with pytest.raises(ModuleNotFoundError, match=r"pip install 'airflow-provider-propensity\[docker\]'"):
        jar_task("train", runner="docker")
