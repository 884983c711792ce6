"""Posts a message to the webhook of a Connection. Nothing here fails a task or logs an address, which is a secret."""

from __future__ import annotations

import json
import logging
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from airflow.sdk import Connection

from propensity.sdk import AirflowException, AirflowNotFoundException

SLACK = "slackwebhook"
"""The type of the Connections of Slack's provider, which is not required: an incoming webhook is one request."""

SLACK_SERVICES = "https://hooks.slack.com/services"
TIMEOUT_SECONDS = 10

log = logging.getLogger(__name__)


def post(connection: str, text: str, details: dict[str, Any]) -> None:
    """Posts the text to the Connection's channel; does nothing where there is no such Connection.

    :param details: what a webhook gets beside the text; Slack gets the text and, as a link, ``log_url``
    """
    try:
        channel = Connection.get(connection)
        message = _slack if channel.conn_type == SLACK else _webhook
        address, body = message(channel, text, details)
        if not address.startswith(("http://", "https://")):
            log.warning("the Connection %s has no address such as https://… as its password", connection)
            return
        request = Request(address, json.dumps(body).encode(), {"Content-Type": "application/json"})  # noqa: S310
        with urlopen(request, timeout=TIMEOUT_SECONDS):  # noqa: S310
            pass
    except AirflowNotFoundException:
        return
    except HTTPError as error:
        log.warning("the channel of the Connection %s returned %s", connection, error.code)
    except (AirflowException, HTTPException, OSError, RuntimeError, ValueError) as error:
        # Their messages may have the address.
        log.warning("the Connection %s could not be notified: %s", connection, type(error).__name__)


def _webhook(channel: Connection, text: str, details: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    return channel.password or "", {"text": text} | details


def _slack(channel: Connection, text: str, details: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The whole address as the password, or its last part, as the form of Slack's provider has it."""
    token = channel.password or ""
    address = token if "://" in token or not token else f"{(channel.host or SLACK_SERVICES).rstrip('/')}/{token}"
    link = details.get("log_url")
    message = _escaped(text) + (f" (<{link}|log>)" if link else "")
    return address, {"text": message}


def _escaped(text: str) -> str:
    """Slack's three control characters."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
