"""The training DAG of a dataset: from its source to an endpoint."""

from __future__ import annotations

from datetime import timedelta

from airflow.sdk import DAG

from propensity.dags.dag_settings import dag_settings
from propensity.dags.forms import DATE, LEARNER, PARAMETERS, source, training_form
from propensity.dags.release import release_tasks
from propensity.dags.timetable import timetable
from propensity.datasets import DatasetFile
from propensity.jar_task import jar_task


def training_dag(dataset: DatasetFile) -> DAG:
    """Each call is one jar, each argument that comes from another call an edge."""
    with DAG(
        description=dataset.title,
        schedule=timetable(dataset.schedule),
        params=training_form(),
        **dag_settings(dataset, "training", timedelta(days=2)),
    ) as dag:
        raw = jar_task("download", dataset=dataset, source=source(dataset), date=DATE)
        features = jar_task("preprocess", dataset=dataset, raw=raw)
        model = jar_task(
            "train",
            dataset=dataset,
            features=features,
            learner=LEARNER,
            parameters=PARAMETERS,
            airflow={"execution_timeout": timedelta(hours=12)},
        )
        release_tasks(dataset, model=model, features=features)
    return dag
