"""Responds, in place of Airflow's log server, with an empty log.

The API server requests a running task's log from the task's host, and also reads the file itself. Airflow's log server
would listen on all interfaces, so the local stack runs without it, and the API server sends these requests to itself.
"""

from __future__ import annotations

from airflow.plugins_manager import AirflowPlugin
from fastapi import FastAPI, Response

nothing_more = FastAPI(openapi_url=None)


@nothing_more.get("/{path:path}")
def empty(path: str) -> Response:  # noqa: ARG001
    """An empty log: the lines are in the file."""
    return Response(headers={"Content-Length": "0"})


class LocalLogs(AirflowPlugin):
    """Where the API server looks for a log server."""

    name = "local_logs"
    fastapi_apps = [{"app": nothing_more, "url_prefix": "/log", "name": "local logs"}]
