"""Stands in for an endpoint until its dataset is used: idle_endpoint NAME PORT STORE COMMAND…

A server takes some 150 MB of memory, this process 20. It responds that there is no model yet, and becomes the server
as soon as the store has something of the endpoint's name, which a run writes with its first task: before there is a
model to serve.
"""

from __future__ import annotations

import html
import json
import os
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

SYNTHETIC, FORMER = "-synthetic", "-sample"
"""What follows a dataset's name where its rows are synthetic, now and in earlier versions."""

PAUSE = 0.5
"""Seconds between two looks at the store."""

MOST_BYTES = 1 << 28
"""Of a request's body that are read, so that its client reads the response."""

BLOCK = 1 << 16

PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="5">
<title>No model yet · Propensity</title>
<style>:root {{ color-scheme: light dark; }} body {{ margin: 4rem auto; max-width: 40rem; padding: 0 1.5rem;
font: 1rem/1.5 system-ui, sans-serif; }}</style>
</head>
<body><main><h1>No model yet</h1><p>No model of {} has been released yet. To train one:</p>
<p><code>{}</code></p></main></body>
</html>
"""

METRICS = """# HELP propensity_model_ready 1 if a model is live, else 0
# TYPE propensity_model_ready gauge
propensity_model_ready 0.0
# HELP propensity_endpoint_idle 1 if the server waits for its dataset to be used
# TYPE propensity_endpoint_idle gauge
propensity_endpoint_idle 1.0
"""
"""For Prometheus, so that a dataset that is not used is no outage."""


def main(name: str, port: str, store: str, *command: str) -> None:
    """Responds that there is no model until there is something in the store, then becomes the command."""
    folders = [Path(store) / one for one in {name, _former(name)}]
    if not _is_used(folders):
        handler = type("Handler", (_Handler,), {"name": name})
        server = ThreadingHTTPServer(("127.0.0.1", int(port)), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        while not _is_used(folders):
            time.sleep(PAUSE)
    os.execvp(command[0], command)  # noqa: S606 - it closes the sockets, too


def _is_used(folders: list[Path]) -> bool:
    return any(folder.is_dir() for folder in folders)


def _former(name: str) -> str:
    return name.removesuffix(SYNTHETIC) + FORMER if name.endswith(SYNTHETIC) else name


def _waiting(name: str) -> str:
    return f"no model of {name} has been released yet"


def _command(name: str) -> str:
    rows = " DATA=synthetic:50000" if name.endswith(SYNTHETIC) else ""
    return f"make run DATASET={name.removesuffix(SYNTHETIC)}{rows}"


class _Handler(BaseHTTPRequestHandler):
    """Responds as a server without a model does."""

    name = ""
    timeout = 10
    server_version = "Propensity"
    sys_version = ""

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path == "/":
            page = PAGE.format(html.escape(self.name), html.escape(_command(self.name)))
            self._send(200, "text/html; charset=utf-8", page)
        elif path == "/metrics":
            self._send(200, "text/plain; version=0.0.4; charset=utf-8", METRICS)
        elif path == "/api/v1/health/live":
            self._send(200, "application/json", json.dumps({"live": True}) + "\n")
        else:
            self._unavailable()

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        left = min(int(length), MOST_BYTES) if length.isdecimal() else 0
        while left > 0 and (read := self.rfile.read(min(left, BLOCK))):
            left -= len(read)
        self._unavailable()

    def do_HEAD(self) -> None:
        self.do_GET()

    def _unavailable(self) -> None:
        waiting = _waiting(self.name)
        problem = {
            "type": "about:blank",
            "title": "Service Unavailable",
            "status": 503,
            "detail": f"{waiting}; to train one: {_command(self.name)}",
            "name": self.name,
            "waiting": waiting,
        }
        self._send(503, "application/problem+json", json.dumps(problem) + "\n")

    def _send(self, status: int, kind: str, text: str) -> None:
        body = text.encode()
        self.send_response(status)
        if status == 503:
            self.send_header("Retry-After", "5")
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing: the browser's refresh would fill the log."""


if __name__ == "__main__":
    main(*sys.argv[1:])
