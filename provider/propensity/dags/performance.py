"""The performance DAG of a dataset: how its model did on the customers whose outcomes are complete by now."""

from __future__ import annotations

from datetime import timedelta

from airflow.sdk import DAG, Asset, XComArg, get_current_context, task

from propensity.assets import measured, outcomes
from propensity.dags.dag_settings import dag_settings
from propensity.dags.forms import performance_form
from propensity.dags.prediction_files import announced_sources
from propensity.dags.timetable import timetable
from propensity.datasets import DatasetFile
from propensity.jar_task import DEFAULTS, jar_task
from propensity.pinned import pinned
from propensity.run_conf import check_conf
from propensity.sdk import AssetOrTimeSchedule

SCHEDULES = {"day": "45 2 * * *", "week": "45 2 * * 1"}
"""When a window is measured, by its length: after the day's segments are uploaded and its drift is monitored."""

_DAYS = {"day": (1, "%Y-%m-%d"), "week": (7, "%G-W%V")}
"""How many days a window has, and how it is written."""

NAME = "{{ params.name or '' }}"


def performance_dag(dataset: DatasetFile) -> DAG:
    """Stores the files of outcomes that were announced, and measures the window that has become complete."""
    with DAG(
        description=f"Measures the live model by its outcomes: {dataset.title}",
        schedule=_schedule(dataset),
        params=performance_form(),
        **dag_settings(dataset, "performance", timedelta(hours=6)),
    ) as dag:
        stored = jar_task("outcomes", dataset=dataset, name=NAME, expand=_files_of(dataset))
        live = jar_task(
            "performance",
            dataset=dataset,
            name=NAME,
            window=window_template(_length(dataset), dataset.horizon_days or 0),
            airflow={"trigger_rule": "none_failed"} | measured(dataset.name),
        )
        stored >> live
    return dag


def _length(dataset: DatasetFile) -> str:
    """The length of the windows: that of the monitored ones, but at least a day."""
    return "week" if dataset.window == "week" else "day"


def _schedule(dataset: DatasetFile) -> AssetOrTimeSchedule | list[Asset]:
    """When a file of outcomes is announced, and once a window."""
    assets = [outcomes(dataset.name)]
    times = timetable(SCHEDULES[_length(dataset)])
    return AssetOrTimeSchedule(timetable=times, assets=assets) if times else assets


def _files_of(dataset: DatasetFile) -> XComArg:
    """The files of a run's outcomes: the chosen one, else the announced ones."""

    @task(**DEFAULTS)
    def files() -> list[dict[str, str]]:
        context = get_current_context()
        check_conf(context)
        pinned(context, dataset.text, dataset.error)
        chosen = context["params"]["source"]
        events = context["triggering_asset_events"].get(outcomes(dataset.name), [])
        announced = announced_sources([event.extra for event in events]) if events else []
        return [{"data": source} for source in ([chosen] if chosen else announced)]

    return files()


def window_template(length: str, horizon_days: int) -> str:
    """The run's window: the chosen one, else the last one whose outcomes were complete at the run's time."""
    days, form = _DAYS[length]
    time = "(dag_run.logical_date or dag_run.run_after)"
    return f"{{{{ params.window or ({time} - macros.timedelta(days={days + horizon_days})).strftime('{form}') }}}}"
