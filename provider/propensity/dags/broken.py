"""The DAG of a broken dataset file: it shows the error, and all other DAGs load."""

from __future__ import annotations

from pathlib import Path

from airflow.sdk import DAG, task

from propensity.datasets import BrokenDataset, dag_name
from propensity.sdk import AirflowFailException


def broken_dag(file: Path, error: BrokenDataset) -> DAG:
    """A DAG whose only task fails with the error."""
    message = str(error)
    with DAG(
        dag_id=f"{dag_name(file)}_training",
        description=f"{file.name} is invalid",
        schedule=None,
        doc_md=f"The file is not a valid dataset:\n\n```\n{message}\n```",
        tags=["propensity", "broken"],
    ) as dag:

        @task(retries=0)
        def read_the_file() -> None:
            raise AirflowFailException(message)

        read_the_file()
    return dag
