"""The stack's pages, by the names that people know."""

from __future__ import annotations

import os
import webbrowser

import requests

from stack.configuration.requested import Requested
from stack.failure import Failure
from stack.releases.releasing import released_name
from stack.servers import lifecycle


def mlflow() -> None:
    """Shows MLflow's page."""
    _show(lifecycle.running().mlflow_url)


def start_mlflow(stack: Requested) -> None:
    """Starts the stack, which MLflow is a part of, and prints MLflow's address."""
    print(f"MLflow: {lifecycle.start(stack).mlflow_url}")


def endpoint(dataset: str | None, stack: Requested, *, page: bool) -> None:
    """Starts the stack, and prints which version is live and the endpoint's address; or shows its page."""
    settings = lifecycle.start(stack)
    name = released_name(settings, dataset)
    url = settings.endpoint_urls[name]
    if page:
        print(_live_version(name, url))
        _show(f"{url}/")
    else:
        print(f"{url}: {_live_version(name, url)}")


def _live_version(name: str, url: str) -> str:
    with requests.Session() as session:
        session.trust_env = False  # no proxy is needed for this machine
        try:
            answer = session.get(f"{url}/api/v1/model", timeout=30)
        except requests.ConnectionError as error:
            raise Failure(f"the endpoint of {name} does not respond: {error}", 1) from error
    if answer.status_code == requests.codes.service_unavailable:
        return f"no model of {name} is live yet"
    answer.raise_for_status()
    return f"version {answer.json()['version']} of {name} is live"


def _show(url: str) -> None:
    """Prints the address, and opens it where there is a screen."""
    print(url)
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        webbrowser.open(url)
