"""What is reported: a task that has failed after its last retry, and a run that has exceeded its time limit."""

from __future__ import annotations

import logging
from typing import Any

from airflow.sdk import BaseNotifier

from propensity.notifications.channels import post
from propensity.sdk import redact

CONNECTION = "propensity_webhook"

log = logging.getLogger(__name__)


class FailureNotifier(BaseNotifier):
    """Logs one line, and posts it to a webhook or to Slack, if there is the Connection.

    :param connection: the Connection with the channel's address: of type ``slackwebhook``, an incoming webhook of
        Slack; of any other type, a webhook whose address is the password
    """

    def __init__(self, connection: str = CONNECTION) -> None:
        super().__init__()
        self.connection = connection

    def notify(self, context) -> None:
        ti = context["ti"]
        # Airflow masks secrets in logs only.
        error = redact(str(context.get("exception")))
        self._send(f"{ti.dag_id}: {ti.task_id} failed in run {ti.run_id}: {error}", {"log_url": ti.log_url})

    def _send(self, text: str, details: dict[str, Any]) -> None:
        log.error("%s", text)
        post(self.connection, text, details)


class TimeoutNotifier(FailureNotifier):
    """The same for a DAG's run. Its failed tasks are reported already: only a run that timed out has none."""

    def notify(self, context) -> None:
        if context.get("reason") == "timed_out":
            dag = context["dag"]
            self._send(
                f"{dag.dag_id}: run {context['run_id']} was stopped at its time limit of {dag.dagrun_timeout}", {}
            )
