"""Who is notified of a failure."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest


@pytest.fixture
def webhook(monkeypatch):
    """A webhook that Airflow knows; what was posted to it."""
    posts = []

    class Listener(BaseHTTPRequestHandler):
        def do_POST(self):
            posts.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *arguments):
            pass

    server = HTTPServer(("127.0.0.1", 0), Listener)
    Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/secret-path"
    monkeypatch.setenv("AIRFLOW_CONN_PROPENSITY_WEBHOOK", json.dumps({"conn_type": "generic", "password": address}))
    yield posts
    server.shutdown()
    server.server_close()


def test_a_failure_is_posted_to_the_webhook(bag, webhook):
    bag["terse_process"].test()
    assert len(webhook) == 1
    assert webhook[0]["text"].startswith("terse_process: terse failed in run manual__")
    assert webhook[0]["text"].endswith(": --source: no such option")
    assert "/dags/terse_process/" in webhook[0]["log_url"]


def test_an_unreachable_webhook_is_only_logged(bag, monkeypatch, caplog):
    unreachable = {"conn_type": "generic", "password": "http://127.0.0.1:9/secret-path"}
    monkeypatch.setenv("AIRFLOW_CONN_PROPENSITY_WEBHOOK", json.dumps(unreachable))
    bag["terse_process"].test()
    assert "the webhook could not be notified" in caplog.text
    assert "secret-path" not in caplog.text
