"""The stack's pages, by the names that people know."""

from __future__ import annotations

import os
import webbrowser

import requests

from stack.failure import Failure
from stack.releasing import released_name
from stack.servers import lifecycle
from stack.settings import Settings


def mlflow() -> None:
    """Shows MLflow's page."""
    _show(lifecycle.running().mlflow_url)


def start_mlflow_server() -> None:
    """Starts the stack, which MLflow is a part of, and says where that answers."""
    print(f"MLflow: {lifecycle.start().mlflow_url}")


def runserver() -> None:
    """Starts the stack, and says where the champion answers."""
    settings = lifecycle.start()
    print(f"{_endpoint(settings)}: {_answering(settings)}")


def runstreamlit() -> None:
    """Starts the stack, and shows the endpoint's page."""
    settings = lifecycle.start()
    print(_answering(settings))
    _show(f"{_endpoint(settings)}/")


def _endpoint(settings: Settings) -> str:
    return settings.endpoint_urls[released_name(settings)]


def _answering(settings: Settings) -> str:
    name = released_name(settings)
    with requests.Session() as session:
        session.trust_env = False  # no proxy stands before this machine
        try:
            answer = session.get(f"{_endpoint(settings)}/api/v1/model", timeout=30)
        except requests.ConnectionError as error:
            raise Failure(f"the endpoint of {name} does not answer: {error}") from error
    if answer.status_code == requests.codes.service_unavailable:
        return f"no model of {name} answers yet"
    answer.raise_for_status()
    return f"version {answer.json()['version']} of {name} answers"


def _show(url: str) -> None:
    """Prints the address, and opens it where there is a screen."""
    print(url)
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        webbrowser.open(url)
