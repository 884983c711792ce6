"""Notifies of a task that has failed after its last retry."""

from __future__ import annotations

import json
import logging
from urllib.request import Request, urlopen

from airflow.sdk import BaseNotifier, Connection, Context

from propensity.sdk import AirflowNotFoundException

CONNECTION = "propensity_webhook"

log = logging.getLogger(__name__)


class FailureNotifier(BaseNotifier):
    """Logs one line, and posts it to the webhook whose address is the Connection's password."""

    def notify(self, context: Context) -> None:
        ti = context["ti"]
        text = f"{ti.dag_id}: {ti.task_id} failed in run {ti.run_id}: {context.get('exception')}"
        log.error("%s", text)
        try:
            address = Connection.get(CONNECTION).password
        except AirflowNotFoundException:
            return
        body = json.dumps({"text": text, "log_url": ti.log_url}).encode()
        request = Request(address, body, {"Content-Type": "application/json"})  # noqa: S310
        try:
            with urlopen(request, timeout=10):  # noqa: S310
                pass
        except OSError as error:
            log.warning("the webhook could not be notified: %s", type(error).__name__)
