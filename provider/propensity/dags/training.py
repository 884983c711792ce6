"""The training DAG of a dataset: from its source to an endpoint."""

from __future__ import annotations

from datetime import timedelta

from airflow.sdk import DAG

from propensity.dags.forms import DATE, ENDPOINTS, LEARNER, PARAMETERS, RELEASE, WHO, source, training_form
from propensity.dags.runbook import runbook
from propensity.dags.timetable import timetable
from propensity.datasets import DatasetFile
from propensity.jar_task import jar_task


def training_dag(dataset: DatasetFile) -> DAG:
    """Each call is one jar, each argument that comes from another call an edge."""
    with DAG(
        dag_id=f"{dataset.name}_training",
        description=dataset.title,
        schedule=timetable(dataset.schedule),
        catchup=False,
        max_active_runs=1,
        params=training_form(),
        doc_md=runbook("training"),
        tags=["propensity", dataset.name],
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
        evaluation = jar_task("evaluate", dataset=dataset, model=model, features=features)
        release = jar_task("register", dataset=dataset, evaluation=evaluation, release=RELEASE, who=WHO)
        jar_task("deploy", release=release, endpoint=ENDPOINTS, airflow={"execution_timeout": timedelta(hours=2)})
    return dag
