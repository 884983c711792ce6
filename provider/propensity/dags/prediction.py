"""The prediction DAG of a dataset: scores of new rows by the champion, or by another version."""

from __future__ import annotations

from datetime import timedelta

from airflow.sdk import DAG, task_group

from propensity import assets
from propensity.dags.dag_settings import dag_settings
from propensity.dags.forms import DATE, MODEL_VERSION, MODELS, prediction_form
from propensity.dags.prediction_files import files_of, prediction_schedule
from propensity.datasets import DatasetFile
from propensity.jar_task import jar_task


def prediction_dag(dataset: DatasetFile) -> DAG:
    """Each file is downloaded and scored separately; if one fails, the others continue."""
    with DAG(
        description=f"Scores new rows: {dataset.title}",
        schedule=prediction_schedule(dataset),
        params=prediction_form(),
        **dag_settings(dataset, "prediction", timedelta(days=2)),
    ) as dag:

        @task_group(prefix_group_id=False)
        def file(source: str) -> None:
            raw = jar_task("download", dataset=dataset, source=source, date=DATE, policy="scoring")
            jar_task(
                "predict",
                dataset=dataset,
                raw=raw,
                model_version=MODEL_VERSION,
                models=MODELS,
                airflow={"execution_timeout": timedelta(hours=6)} | assets.predicted(dataset.name),
            )

        file.expand(source=files_of(dataset))
    return dag
