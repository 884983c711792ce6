"""Runs a training DAG in an Airflow of its own; exit code 0 where all of it succeeds."""

from __future__ import annotations

import json
import os
import sys

ORDER = ("download", "preprocess", "train", "evaluate", "register", "deploy")


def main(dataset: str, conf: str) -> int:
    """Runs the DAG with this configuration; prints what each task came to, and sends Airflow's log to stderr."""
    # Airflow logs to standard output.
    answer = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    from airflow.dag_processing.dagbag import DagBag
    from airflow.utils.db import initdb

    initdb()
    run = DagBag(os.environ["PROPENSITY_DAGS"]).dags[f"{dataset}_training"].test(run_conf=json.loads(conf))
    tasks = {task.task_id: task for task in run.get_task_instances()}
    for name in ORDER:
        result = tasks[name].xcom_pull(task_ids=name, key="result") or {}
        said = result.get("reason") or result.get("uri") or ""
        print(f"{name:<11} {tasks[name].state or 'none':<16} {said}", file=answer, flush=True)
    return int(run.state != "success")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
