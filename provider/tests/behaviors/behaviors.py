"""A DAG for each thing that a jar may do, with each runner."""

from __future__ import annotations

import os
from datetime import timedelta

from airflow.sdk import DAG

from propensity.jar_task import RUNNERS, jar_task

BEHAVIORS = [
    "noisy",
    "faulty",
    "rejecting",
    "terse",
    "skipping",
    "silent",
    "garbled",
    "hanging",
    "stubborn",
    "greedy",
    "full",
    "killed",
    "deploying",
    "printing",
    "slow",
]

RETRIED = ["faulty", "rejecting"]

HANGING = ["hanging", "stubborn"]

# The mode is in the name, with or without a trigger that waits for the job.
MODES = {runner: {} for runner in RUNNERS} | {
    f"{runner}-deferred": {"deferrable": True} for runner in ("ecs", "kubernetes", "sagemaker")
}

for runner, mode in MODES.items():
    for behavior in BEHAVIORS:
        # A run's conf may only have keys that its DAG has as params.
        with DAG(dag_id=f"{behavior}_{runner}", schedule=None, params={"training_job": {}}) as dag:
            # A busy machine, or a remote runner, may be slow to start the jar.
            seconds = 90 if behavior not in HANGING else 5 if runner in ("docker", "process") else 10
            limits = {"execution_timeout": timedelta(seconds=float(os.environ.get("TEST_TIMEOUT", seconds)))}
            memory = {"mem_limit": "32m"} if (behavior, runner) == ("greedy", "docker") else {}
            retries = {"retries": int(behavior in RETRIED), "retry_delay": timedelta(seconds=1)}
            waits = {"deferrable": True} if behavior == "deploying" else mode
            settings = {"pool": "default_pool"} | retries | limits | memory | waits
            jar_task(behavior, runner=runner.removesuffix("-deferred"), airflow=settings)
        globals()[dag.dag_id] = dag
