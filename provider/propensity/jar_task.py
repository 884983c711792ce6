"""``jar_task``: an Airflow task of a jar. The only module that knows operators."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from typing import Any

from airflow.sdk import XComArg

from propensity.datasets import DatasetFile
from propensity.links import LINKS
from propensity.notifications import FailureNotifier
from propensity.settings import described, number, setting

RUNNERS = {
    "docker": "DockerJarOperator",
    "ecs": "EcsJarOperator",
    "kubernetes": "KubernetesJarOperator",
    "process": "ProcessJarOperator",
    "sagemaker": "SageMakerJarOperator",
}
"""The runners, and their operators."""

EXTRAS = {"docker": "docker", "ecs": "amazon", "kubernetes": "kubernetes", "sagemaker": "amazon"}
"""The extras of this package that runners need."""

DEFAULTS: dict[str, Any] = {
    "retries": 4,
    "retry_delay": timedelta(seconds=number("PROPENSITY_RETRY_SECONDS", 10)),
    "retry_exponential_backoff": True,
    "max_retry_delay": timedelta(minutes=10),
    "execution_timeout": timedelta(hours=1),
    "on_failure_callback": FailureNotifier(),
}


def jar_task(
    jar: str,
    *,
    dataset: DatasetFile | None = None,
    runner: str | None = None,
    airflow: dict[str, Any] | None = None,
    expand: XComArg | None = None,
    **options: Any,
) -> XComArg:
    """Makes a task of a jar and returns its output, the URI of its artifact.

    :param jar: the jar's name, and the task's
    :param dataset: the dataset, for the jars that need its specification, which the run's first task pins
    :param runner: where it runs, one of ``RUNNERS``; by default the setting ``PROPENSITY_RUNNER_<TASK>``
        (``PROPENSITY_RUNNER_TRAIN``), else ``PROPENSITY_RUNNER``
    :param airflow: arguments of the operator that differ from the defaults
    :param expand: a list of further options, by name: the task runs once for each, and its output is the list
    :param options: the jar's options: ``features=…`` is ``--features …``. A template that comes out empty
        leaves the option out.
    """
    runner = runner or runner_of(jar)
    operator = _operator(runner)
    settings = {
        "jar": jar,
        "options": options,
        "dataset": None if dataset is None else dataset.text,
        "broken": None if dataset is None else dataset.error,
        "task_id": jar,
        "pool": pool_of(runner),
        **DEFAULTS,
        **(airflow or {}),
    }
    if expand is None:
        return operator(**settings).output
    task = operator.partial(**settings).expand(mapped=expand)
    task.operator_extra_links = LINKS.get(jar, [])
    return task.output


def runner_of(jar: str) -> str:
    """The runner of a jar, by the settings."""
    own = f"PROPENSITY_RUNNER_{jar.upper()}"
    name = own if setting(own) else "PROPENSITY_RUNNER"
    runner = setting(name, "docker")
    if runner not in RUNNERS:
        raise ValueError(f"{described(name)}: it must be one of {', '.join(RUNNERS)}, not {runner!r}")
    return runner


def pool_of(runner: str) -> str:
    """The pool of a runner's tasks, by the settings ``PROPENSITY_POOL_<RUNNER>`` and ``PROPENSITY_POOL``."""
    return setting(f"PROPENSITY_POOL_{runner.upper()}") or setting("PROPENSITY_POOL", "default_pool")


def _operator(runner: str) -> type:
    """The class, imported only here: the packages of other runners need not be installed."""
    if runner not in RUNNERS:
        raise ValueError(f"runner must be one of {', '.join(RUNNERS)}, not {runner!r}")
    try:
        module = import_module(f"propensity.runners.{runner}_runner")
    except ModuleNotFoundError as error:
        if runner not in EXTRAS:
            raise
        raise ModuleNotFoundError(
            f"the runner {runner} needs packages that are not installed ({error}): pip install "
            f"'airflow-provider-propensity[{EXTRAS[runner]}]', or choose another one with "
            f"{described('PROPENSITY_RUNNER')}"
        ) from error
    return getattr(module, RUNNERS[runner])
