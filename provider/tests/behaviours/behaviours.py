"""A DAG for each thing that a jar may do, with each runner."""

from __future__ import annotations

import os
from datetime import timedelta

from airflow.sdk import DAG

from propensity.jar_task import RUNNERS, jar_task

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
    "killed",
    "telling",
    "slow",
]

RETRIED = ["faulty", "refusing"]

HANGING = ["hanging", "stubborn"]

for runner in RUNNERS:
    for behaviour in BEHAVIOURS:
        # A run's conf may only have keys that its DAG has as params.
        with DAG(dag_id=f"{behaviour}_{runner}", schedule=None, params={"training_job": {}}) as dag:
            # A busy machine, or a place far away, may take its time to start the jar.
            seconds = 90 if behaviour not in HANGING else 5 if runner in ("docker", "process") else 10
            limits = {"execution_timeout": timedelta(seconds=float(os.environ.get("TEST_TIMEOUT", seconds)))}
            memory = {"mem_limit": "32m"} if (behaviour, runner) == ("greedy", "docker") else {}
            retries = {"retries": int(behaviour in RETRIED), "retry_delay": timedelta(seconds=1)}
            jar_task(behaviour, runner=runner, airflow={"pool": "default_pool"} | retries | limits | memory)
        globals()[dag.dag_id] = dag
