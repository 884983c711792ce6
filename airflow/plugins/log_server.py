"""Answers, for Airflow's own log server, that it has no more than the file.

The API server asks a running task's host for its log, beside reading the file itself. The server for
that would listen on all interfaces, so the local stack runs without it, and the API server asks itself.
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
