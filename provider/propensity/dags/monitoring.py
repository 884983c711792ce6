"""The monitoring DAG of a dataset: whether the rows that its endpoints score still look like the training data."""

from __future__ import annotations

from datetime import timedelta

from airflow.sdk import DAG

from propensity import assets
from propensity.dags.dag_settings import dag_settings
from propensity.dags.forms import WHO, monitoring_form
from propensity.dags.timetable import timetable
from propensity.datasets import DatasetFile
from propensity.jar_task import jar_task

# Some minutes after the watermark of two hours, when no segment of the window is missing any more.
SCHEDULES = {"hour": "15 * * * *", "day": "15 2 * * *", "week": "15 2 * * 1"}
"""When a window is monitored, by its length."""

_BEFORE = {"hour": ("hours=3", "%Y-%m-%dT%H"), "day": ("days=1", "%Y-%m-%d"), "week": ("days=7", "%G-W%V")}
"""How long before its run a window lies, and how it is written."""


def monitoring_dag(dataset: DatasetFile) -> DAG:
    """Counts the captured rows of a window, and compares them with the windows before and the training data."""
    with DAG(
        description=f"Compares captured rows with the training data: {dataset.title}",
        schedule=timetable(SCHEDULES[dataset.window]) if dataset.captures else None,
        params=monitoring_form(),
        **dag_settings(dataset, "monitoring", timedelta(hours=6)),
    ) as dag:
        profile = jar_task(
            "collect", dataset=dataset, name="{{ params.name or '' }}", window=window_template(dataset.window)
        )
        jar_task("monitor", dataset=dataset, profile=profile, who=WHO, airflow=assets.monitored(dataset.name))
    return dag


def window_template(window: str) -> str:
    """The run's window: the chosen one, else the last one that was closed at the run's time.

    A run that is cleared a day later, and one of a backfill, have that of their own time.
    """
    before, form = _BEFORE[window]
    time = "(dag_run.logical_date or dag_run.run_after)"
    return f"{{{{ params.window or ({time} - macros.timedelta({before})).strftime('{form}') }}}}"
