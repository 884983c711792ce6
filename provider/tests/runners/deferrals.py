"""What Airflow does with a task that is deferred: only texts reach the triggerer, and then another worker."""

from __future__ import annotations

import json
from pkgutil import resolve_name
from typing import Any

from airflow.sdk.exceptions import TaskDeferred
from airflow.triggers.base import TriggerEvent


def trigger_of(deferred: TaskDeferred):
    """The trigger, as a triggerer makes it."""
    path, arguments = deferred.trigger.serialize()
    return resolve_name(path)(**json.loads(json.dumps(arguments)))


def resume(operator, deferred: TaskDeferred, context: dict[str, Any], event: TriggerEvent) -> str:
    """Goes on with the task in a worker."""
    return getattr(operator, deferred.method_name)(context, json.loads(json.dumps(event.payload)))
