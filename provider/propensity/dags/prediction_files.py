"""The files whose rows a run predicts: announced to Airflow as events of an asset, chosen, or the default source."""

from __future__ import annotations

import logging
from dataclasses import replace

from airflow.sdk import Asset, AssetAny, Variable, XComArg, get_current_context, task

from propensity.assets import champion, rows_to_predict
from propensity.dags.timetable import timetable
from propensity.datasets import ON_CHAMPION, DatasetFile
from propensity.jar_task import DEFAULTS
from propensity.pinned import pinned
from propensity.run_conf import check_conf
from propensity.sdk import AirflowFailException, AssetOrTimeSchedule

log = logging.getLogger(__name__)


def prediction_schedule(dataset: DatasetFile) -> AssetOrTimeSchedule | AssetAny | list[Asset]:
    """When a file is announced, and at the schedule's times, or for each new champion, where the dataset says so."""
    assets = [rows_to_predict(dataset.name)]
    if dataset.prediction_schedule == ON_CHAMPION:
        return AssetAny(*assets, champion(dataset.name))
    times = timetable(dataset.prediction_schedule)
    return AssetOrTimeSchedule(timetable=times, assets=assets) if times else assets


def files_of(dataset: DatasetFile) -> XComArg:
    """The sources of a run's rows, one for each of its files."""

    @task(**DEFAULTS, inlets=[rows_to_predict(dataset.name)])
    def files() -> list[str]:
        context = get_current_context()
        check_conf(context)
        run = replace(dataset, text=pinned(context, dataset.text, dataset.error))
        return _sources(context, run.name, run.prediction_source)

    return files()


def _sources(context, name: str, default: str) -> list[str]:
    """The run's sources: the chosen one; the announced files, with the default source for a new champion; the default.

    In the end that of the training rows. An empty one leaves it to the jar: the file's own.
    """
    chosen = context["params"]["source"]
    if chosen:
        return [chosen]
    events = context["triggering_asset_events"]
    triggering = events.get(rows_to_predict(name), [])
    usual = _variable(f"propensity_prediction_source_{name}") or default or _variable(f"propensity_source_{name}")
    if not triggering:
        return [usual]
    # An event that comes after the first, but before Airflow makes the run of it, is in no run's triggering
    # events until another one comes. One that comes later begins a run of its own, which finds what was done.
    later = context["inlet_events"][rows_to_predict(name)]
    first, last = min(event.timestamp for event in triggering), context["dag_run"].start_date
    if hasattr(later, "after"):  # since Airflow 3.1, which need not fetch the others
        later = later.after(first.isoformat()).before(last.isoformat())
    later = [event for event in later if first <= event.timestamp <= last]
    announced = announced_sources([event.extra for event in (*triggering, *later)])
    return list(dict.fromkeys([*announced, usual])) if events.get(champion(name)) else announced


def _variable(variable: str) -> str:
    return Variable.get(variable, default="")


def announced_sources(extras: list[dict]) -> list[str]:
    """The files that events name, each once, in their order.

    An event without a file is logged, and does not keep those of the others from being scored.

    Raises:
        AirflowFailException: if no event has one
    """
    sources = [source for extra in extras if (source := extra.get("source")) and isinstance(source, str)]
    if without := [extra for extra in extras if extra.get("source") not in sources]:
        text = (
            f"{len(without)} of {len(extras)} asset events have no file, such as the one with the extra {without[0]}: "
            'it must be such as {"source": "s3://bucket/key"}'
        )
        if not sources:
            raise AirflowFailException(text)
        log.error("%s", text)
    return list(dict.fromkeys(sources))
