"""What the DAGs of a dataset have in common."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from propensity.dags.documentation import documentation
from propensity.datasets import DatasetFile
from propensity.notifications import TimeoutNotifier


def dag_settings(dataset: DatasetFile, kind: str, time_limit: timedelta) -> dict[str, Any]:
    """The arguments of a DAG.

    :param kind: the last word of its identifier
    :param time_limit: of a run. Only one runs at a time, so that a run that never ended would block all others.
        Longer than a regular run: the limits of the tasks on its longest path, each with a retry
    """
    marks = [mark for mark, holds in (("synthetic", dataset.is_synthetic), ("broken", dataset.error)) if holds]
    return {
        "dag_id": f"{dataset.name}_{kind}",
        "catchup": False,
        "max_active_runs": 1,
        "dagrun_timeout": time_limit,
        "on_failure_callback": TimeoutNotifier(),
        "default_args": {"owner": dataset.owner},
        "doc_md": documentation(dataset, kind),
        "tags": ["propensity", dataset.name, kind, *marks],
    }
