"""The assets of a dataset, and the events that its tasks create for them.

Airflow creates an event of an outlet whenever its task succeeds; of an alias, only if the task adds one. The outlets
are aliases: a deployment that finds its model live already adds no event, and one of synthetic data adds that of
another asset, since nothing that waits for real data may start. The extra of an event is flat: Airflow 3.0 fails a
task whose alias has an event with a list or a mapping in it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from airflow.sdk import Asset, AssetAlias

METRICS = ("auc", "auc_low", "auc_high", "log_loss", "lift_at_10", "profit", "rows", "predicted", "positive")
"""The metrics of an event, as far as the task's result has them."""


def rows_to_predict(name: str) -> Asset:
    """The dataset's new files: each event names one, as ``{"source": "s3://…"}``."""
    return _asset(name, "rows-to-predict")


def champion(name: str) -> Asset:
    """The dataset's live model: an event for each new one."""
    return _asset(name, "champion")


def predictions(name: str) -> Asset:
    """The dataset's predictions: an event for each file that was scored."""
    return _asset(name, "predictions")


def drift(name: str) -> Asset:
    """The dataset's captured rows: an event for each window whose verdict is an alarm."""
    return _asset(name, "drift")


def outcomes(name: str) -> Asset:
    """The dataset's new files of outcomes: each event names one, as ``{"source": "s3://…"}``."""
    return _asset(name, "outcomes")


def performance(name: str) -> Asset:
    """The dataset's live model: an event for each window in which it performed worse than on its test split."""
    return _asset(name, "performance")


def deployed(name: str) -> dict[str, Any]:
    """Inlets and outlets of the task that makes a model live; it reads the last event, not to repeat it."""
    return {"inlets": [champion(name), champion(_synthetic(name))], "outlets": [_alias(champion(name))]}


def predicted(name: str) -> dict[str, Any]:
    """Inlets and outlets of the task that scores rows."""
    return {"inlets": [champion(name)], "outlets": [_alias(predictions(name))]}


def evaluated(name: str) -> dict[str, Any]:
    """Inlets of the task that compares a model with the champion."""
    return {"inlets": [champion(name)]}


def monitored(name: str) -> dict[str, Any]:
    """Inlets and outlets of the task that compares captured rows with the training data."""
    return {"inlets": [champion(name), drift(name), drift(_synthetic(name))], "outlets": [_alias(drift(name))]}


def measured(name: str) -> dict[str, Any]:
    """Inlets and outlets of the task that measures the live model."""
    return {"inlets": [performance(name), performance(_synthetic(name))], "outlets": [_alias(performance(name))]}


def add_events(context, jar: str, result: dict[str, Any]) -> None:
    """Adds the event of a task's result to its outlet, if it has one.

    :param result: the result of the jar; its ``name`` is that of the dataset, of synthetic data ``<dataset>-synthetic``
    """
    aliases = [outlet for outlet in context["task"].outlets if isinstance(outlet, AssetAlias)]
    event = _EVENTS[jar](context, result) if aliases and jar in _EVENTS and "name" in result else None
    if event:
        context["outlet_events"][aliases[0]].add(*event)


def _deployment(context, result: dict[str, Any]) -> tuple[Asset, dict[str, Any]] | None:
    """The event of a live model; none if the last event is of the same one.

    Compared with the last event, not with what this run did: if a try was killed after it made a model live, the next
    one creates the event; after a promotion or a rollback by hand, the next deployment does.
    """
    if "version" not in result:
        return None
    asset = champion(result["name"])
    extra = {"version": result["version"], "uri": result["model"], "release": result["uri"]} | _metrics(result)
    earlier = context["inlet_events"][asset]
    last = earlier[-1].extra if len(earlier) else {}
    return None if all(last.get(key) == extra[key] for key in ("version", "uri")) else (asset, extra)


def _prediction(context, result: dict[str, Any]) -> tuple[Asset, dict[str, Any]]:  # noqa: ARG001
    extra = {key: result[key] for key in ("uri", "status", "version") if key in result}
    return predictions(result["name"]), extra | {"models": " ".join(result.get("models", []))} | _metrics(result)


def _drift(context, result: dict[str, Any]) -> tuple[Asset, dict[str, Any]] | None:
    """The event of a window's alarm, once; none of another verdict, or of one that the ledger does not keep."""
    if result.get("recorded_verdict") != "alarm":
        return None
    return _of_window(context, drift(result["name"]), result, {"columns": ", ".join(result.get("columns", []))})


def _performance(context, result: dict[str, Any]) -> tuple[Asset, dict[str, Any]] | None:
    """The event of a window in which the model performed worse, once; none of another verdict."""
    if result.get("verdict") != "worse":
        return None
    return _of_window(context, performance(result["name"]), result, {"reasons": "; ".join(result.get("reasons", []))})


def _of_window(
    context, asset: Asset, result: dict[str, Any], extra: dict[str, Any]
) -> tuple[Asset, dict[str, Any]] | None:
    """The event of a window; none if the last event is of the same one."""
    earlier = context["inlet_events"][asset]
    if len(earlier) and earlier[-1].extra.get("window") == result["window"]:
        return None
    return asset, {key: result[key] for key in ("window", "uri") if key in result} | extra


_EVENTS: dict[str, Callable[..., tuple[Asset, dict[str, Any]] | None]] = {
    "deploy": _deployment,
    "predict": _prediction,
    "monitor": _drift,
    "performance": _performance,
}


def _metrics(result: dict[str, Any]) -> dict[str, Any]:
    found = result.get("metrics", {})
    return {name: found[name] for name in METRICS if name in found}


def _asset(name: str, what: str) -> Asset:
    return Asset(name=f"{name}_{what.replace('-', '_')}", uri=f"propensity://{name}/{what}")


def _alias(asset: Asset) -> AssetAlias:
    return AssetAlias(name=asset.name)


def _synthetic(name: str) -> str:
    return f"{name}-synthetic"
