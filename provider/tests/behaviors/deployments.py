"""A DAG that deploys a release by the real jar, in a file of its own: each try reads it."""

from __future__ import annotations

from datetime import timedelta

from airflow.sdk import DAG

from propensity.jar_task import jar_task

with DAG(dag_id="deploy", schedule=None, params={"release": "", "endpoint": ""}) as dag:
    jar_task(
        "deploy",
        runner="process",
        airflow={"deferrable": True, "pool": "default_pool", "retry_delay": timedelta(seconds=1)},
        release="{{ params.release }}",
        endpoint="sagemaker:{{ params.endpoint }}",
    )
