"""A DAG for each thing that a jar may do, with either runner."""

from __future__ import annotations

import os
from datetime import timedelta

from airflow.sdk import DAG

from propensity.jar_task import jar_task

BEHAVIOURS = [
    "noisy",
    "faulty",
    "refusing",
    "curt",
    "skipping",
    "silent",
    "scribbling",
    "hanging",
    "stubborn",
    "greedy",
    "full",
    "telling",
]

RETRIED = ["faulty", "refusing"]

for runner in ("docker", "process"):
    for behaviour in BEHAVIOURS:
        with DAG(dag_id=f"{behaviour}_{runner}", schedule=None) as dag:
            limits = {"execution_timeout": timedelta(seconds=float(os.environ.get("TEST_TIMEOUT", "5")))}
            memory = {"mem_limit": "32m"} if (behaviour, runner) == ("greedy", "docker") else {}
            retries = {"retries": int(behaviour in RETRIED), "retry_delay": timedelta(seconds=1)}
            jar_task(behaviour, runner=runner, airflow={"pool": "default_pool"} | retries | limits | memory)
        globals()[dag.dag_id] = dag
