"""An experiment DAG for each file in ``datasets/``: learners compared on folds, the best one's final model."""

from __future__ import annotations

from datetime import timedelta

from airflow.sdk import DAG

from propensity import dataset_files
from propensity.dataset_files import DatasetFile
from propensity.experiment_form import CANDIDATE, RANK, experiment_form
from propensity.experiment_plan import fits_of, folds_of
from propensity.forms import DATE, ENDPOINTS, FORCE, RELEASE, WHO, source
from propensity.jar_task import jar_task
from propensity.runbook import runbook

LONG = {"execution_timeout": timedelta(hours=12)}


def experiment_dag(dataset: DatasetFile) -> DAG:
    """Each call is one jar, or one for each fold or fit; each argument that comes from another call an edge."""
    with DAG(
        dag_id=f"{dataset.name}_experiment",
        description=f"Compares learners by cross-validation: {dataset.title}",
        schedule=None,
        catchup=False,
        max_active_runs=1,
        params=experiment_form(),
        doc_md=runbook("experiment"),
        tags=["propensity", dataset.name],
    ) as dag:
        raw = jar_task("download", dataset=dataset, source=source(dataset), date=DATE, force=FORCE)
        folds = jar_task(
            "preprocess",
            expand=folds_of(dataset.text),
            dataset=dataset,
            raw=raw,
            force=FORCE,
            airflow={"task_id": "fold", "map_index_template": "fold {{ task.mapped.fold }}"},
        )
        models = jar_task(
            "train",
            expand=fits_of(dataset.text, folds),
            dataset=dataset,
            force=FORCE,
            airflow={"task_id": "fit", "map_index_template": "{{ task.mapped.learner }} {{ ti.map_index }}"} | LONG,
        )
        comparison = jar_task("compare", dataset=dataset, models=models, features=folds, rank=RANK, force=FORCE)
        rows = jar_task(
            "preprocess",
            dataset=dataset,
            raw=raw,
            without_validation=True,
            force=FORCE,
            airflow={"task_id": "preprocess_all"},
        )
        model = jar_task(
            "train",
            dataset=dataset,
            features=rows,
            comparison=comparison,
            candidate=CANDIDATE,
            force=FORCE,
            airflow={"task_id": "train_final"} | LONG,
        )
        features = jar_task("preprocess", dataset=dataset, raw=raw, force=FORCE)
        evaluation = jar_task("evaluate", dataset=dataset, model=model, features=features, force=FORCE)
        release = jar_task("register", dataset=dataset, evaluation=evaluation, release=RELEASE, who=WHO)
        jar_task("deploy", release=release, endpoint=ENDPOINTS, airflow={"execution_timeout": timedelta(hours=2)})
    return dag


for file in sorted(dataset_files.folder().glob("*.yaml")):
    try:
        dag = experiment_dag(dataset_files.read(file))
    except dataset_files.BrokenDataset:
        continue  # its training DAG shows why
    globals()[dag.dag_id] = dag
