"""Airflow's REST API, as far as the stack needs it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import requests

from stack.configuration.settings import USER, Settings
from stack.failure import Failure


class Stopped(Failure):
    """The stack was stopped, or ended, during a request."""

    def __init__(self, line: str = "the stack was stopped: make start"):
        super().__init__(line, 1)


Json = dict[str, Any]

RETRY_SECONDS = 120
"""Seconds to wait for a response, over all attempts."""


class AirflowApi:
    """Airflow as its administrator sees it."""

    def __init__(self, settings: Settings, still_runs: Callable[[], bool] = lambda: True):
        """``still_runs`` returns whether the stack still runs; where it does not, a request fails at once."""
        self._still_runs = still_runs
        self._url = settings.airflow_url
        self._login = {"username": USER, "password": settings.password}
        self._session = requests.Session()
        self._session.trust_env = False

    def call(
        self, method: str, path: str, missing_ok: bool = False, exists_ok: bool = False, **arguments: Any
    ) -> Json | None:
        """The response to a request; nothing for an accepted 404 or 409."""
        response = self._request(method, path, **arguments)
        if response.status_code == 401:
            self._sign_in()
            response = self._request(method, path, **arguments)
        if (response.status_code == 404 and missing_ok) or (response.status_code == 409 and exists_ok):
            return None
        if not response.ok:
            raise Failure(f"Airflow responds to {method} {path} with {response.status_code}: {_detail(response)}", 1)
        return response.json() if response.content else {}

    def put_variable(self, name: str, value: str, description: str) -> None:
        """Sets an Airflow Variable."""
        self._put("variables", name, {"key": name, "value": value, "description": description})

    def variable(self, name: str) -> str | None:
        """An Airflow Variable's value."""
        answer = self.call("GET", f"/variables/{name}", missing_ok=True)
        return answer["value"] if answer else None

    def put_connection(self, connection: Json) -> None:
        """Sets an Airflow Connection."""
        self._put("connections", connection["connection_id"], connection)

    def put_pool(self, name: str, slots: int) -> None:
        """Sets a pool's size."""
        self._put("pools", name, {"name": name, "slots": slots, "include_deferred": False})

    def _put(self, kind: str, name: str, body: Json) -> None:
        if self.call("GET", f"/{kind}/{name}", missing_ok=True) is None:
            self.call("POST", f"/{kind}", exists_ok=True, json=body)
        else:
            self.call("PATCH", f"/{kind}/{name}", json=body)

    def _request(self, method: str, path: str, **arguments: Any) -> requests.Response:
        deadline = time.monotonic() + RETRY_SECONDS
        while True:
            try:
                response = self._session.request(method, f"{self._url}/api/v2{path}", timeout=30, **arguments)
                # Its database is locked for a moment while others write.
                if response.status_code != 500 or "Database error" not in response.text or time.monotonic() > deadline:
                    return response
                time.sleep(0.5)
            except (requests.ConnectionError, requests.Timeout) as error:
                # It may be restarting. All requests here are idempotent.
                if not self._still_runs():
                    raise Stopped from error
                if time.monotonic() > deadline:
                    raise Failure(f"Airflow does not respond to {method} {path} on {self._url}", 1) from error
                time.sleep(0.5)

    def _sign_in(self) -> None:
        response = self._session.post(f"{self._url}/auth/token", json=self._login, timeout=30)
        if not response.ok:
            raise Failure(f"Airflow rejects the login: {response.status_code} {_detail(response)}", 1)
        self._session.headers["Authorization"] = f"Bearer {response.json()['access_token']}"


def _detail(response: requests.Response) -> str:
    try:
        return str(response.json().get("detail", response.text))
    except (ValueError, AttributeError):
        return response.text[:500]
