"""The files whose rows a run predicts: announced to Airflow as events of an asset, chosen, or the default source."""

from __future__ import annotations

from dataclasses import replace

from airflow.sdk import Asset, Variable, XComArg, get_current_context, task

from propensity.dags.timetable import timetable
from propensity.datasets import DatasetFile
from propensity.jar_task import DEFAULTS
from propensity.pinned import pinned
from propensity.run_conf import check_conf
from propensity.sdk import AirflowFailException, AssetOrTimeSchedule


def rows_to_predict(name: str) -> Asset:
    """The asset of a dataset's new files: each event of it names one, as ``{"source": "s3://…"}``."""
    return Asset(name=f"{name}_rows_to_predict", uri=f"propensity://{name}/rows-to-predict")


def prediction_schedule(dataset: DatasetFile) -> AssetOrTimeSchedule | list[Asset]:
    """When a file is announced, and at the schedule's times where there is one."""
    assets = [rows_to_predict(dataset.name)]
    times = timetable(dataset.prediction_schedule)
    return AssetOrTimeSchedule(timetable=times, assets=assets) if times else assets


def files_of(dataset: DatasetFile) -> XComArg:
    """The sources of a run's rows, one for each of its files."""

    @task(**DEFAULTS, inlets=[rows_to_predict(dataset.name)])
    def files() -> list[str]:
        context = get_current_context()
        check_conf(context)
        run = replace(dataset, text=pinned(context, dataset.text))
        return _sources(context, run.name, run.prediction_source)

    return files()


def _sources(context, name: str, default: str) -> list[str]:
    """The run's sources, in the end that of the training rows. An empty one leaves it to the jar: the file's own."""
    chosen = context["params"]["source"]
    if chosen:
        return [chosen]
    triggering = context["triggering_asset_events"].get(rows_to_predict(name), [])
    if not triggering:
        return [_variable(f"propensity_prediction_source_{name}") or default or _variable(f"propensity_source_{name}")]
    # An event that comes after the first, but before Airflow makes the run of it, is in no run's triggering
    # events until another one comes. One that comes later begins a run of its own, which finds what was done.
    later = context["inlet_events"][rows_to_predict(name)]
    later = later.after(min(event.timestamp for event in triggering).isoformat())
    later = later.before(context["dag_run"].start_date.isoformat())
    return announced_sources([event.extra for event in (*triggering, *later)])


def _variable(variable: str) -> str:
    return Variable.get(variable, default="")


def announced_sources(extras: list[dict]) -> list[str]:
    """The files that events name, each once, in their order."""
    sources = [extra.get("source") for extra in extras]
    if not all(isinstance(source, str) and source for source in sources):
        raise AirflowFailException(
            'an asset event has no file: its extra must be such as {"source": "s3://bucket/key"}'
        )
    return list(dict.fromkeys(sources))
