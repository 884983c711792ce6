"""The last tasks of the DAGs that train a model: its evaluation, the decision and the deployment."""

from __future__ import annotations

from datetime import timedelta

from airflow.sdk import XComArg

from propensity import assets
from propensity.dags.forms import ENDPOINTS, RELEASE, WHO
from propensity.datasets import DatasetFile
from propensity.jar_task import jar_task


def release_tasks(dataset: DatasetFile, *, model: XComArg, features: XComArg) -> None:
    """Evaluates a model, decides on its release, and deploys the champion.

    :param model: the output of ``train``
    :param features: the output of ``preprocess`` with the test rows
    """
    evaluation = jar_task(
        "evaluate", dataset=dataset, model=model, features=features, airflow=assets.evaluated(dataset.name)
    )
    release = jar_task("register", dataset=dataset, evaluation=evaluation, release=RELEASE, who=WHO)
    jar_task(
        "deploy",
        dataset=dataset,
        release=release,
        endpoint=ENDPOINTS,
        airflow={"execution_timeout": timedelta(hours=2)} | assets.deployed(dataset.name),
    )
