"""The experiment DAG of a dataset: learners compared on folds, and the final model of the best one."""

from __future__ import annotations

from datetime import timedelta

from airflow.sdk import DAG

from propensity.dags.dag_settings import dag_settings
from propensity.dags.experiment_form import CANDIDATE, RANK, experiment_form
from propensity.dags.experiment_plan import fits_of, folds_of
from propensity.dags.forms import DATE, source
from propensity.dags.release import release_tasks
from propensity.datasets import DatasetFile
from propensity.jar_task import jar_task

FIT = (
    "{{ task.mapped.learner }}, candidate {{ ti.map_index // params.folds + 1 }}, "
    "fold {{ ti.map_index % params.folds + 1 }}"
)
"""The name of a fit, by its place among the candidates on each fold."""

LONG = {"execution_timeout": timedelta(hours=12)}


def experiment_dag(dataset: DatasetFile) -> DAG:
    """Each call is one jar, or one for each fold or fit; each argument that comes from another call an edge."""
    with DAG(
        description=f"Compares learners by cross-validation: {dataset.title}",
        schedule=None,
        params=experiment_form(),
        **dag_settings(dataset, "experiment", timedelta(days=7)),
    ) as dag:
        raw = jar_task("download", dataset=dataset, source=source(dataset), date=DATE)
        folds = jar_task(
            "preprocess",
            expand=folds_of(dataset),
            dataset=dataset,
            raw=raw,
            airflow={"task_id": "fold", "map_index_template": "fold {{ task.mapped.fold }}"},
        )
        models = jar_task(
            "train",
            expand=fits_of(dataset, folds),
            dataset=dataset,
            airflow={"task_id": "fit", "map_index_template": FIT} | LONG,
        )
        comparison = jar_task("compare", dataset=dataset, models=models, features=folds, rank=RANK)
        rows = jar_task(
            "preprocess",
            dataset=dataset,
            raw=raw,
            without_validation=True,
            airflow={"task_id": "preprocess_all"},
        )
        model = jar_task(
            "train",
            dataset=dataset,
            features=rows,
            comparison=comparison,
            candidate=CANDIDATE,
            airflow={"task_id": "train_final"} | LONG,
        )
        features = jar_task("preprocess", dataset=dataset, raw=raw)
        release_tasks(dataset, model=model, features=features)
    return dag
