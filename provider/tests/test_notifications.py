"""Who is notified of a failure, and how."""

from __future__ import annotations

import json
import socket
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib import import_module
from threading import Thread
from types import SimpleNamespace

import pytest
from airflow.sdk import DAG
from airflow.sdk.log import mask_secret

from propensity.get_provider_info import get_provider_info
from propensity.notifications import FailureNotifier, TimeoutNotifier, channels


class Channel:
    """A server that keeps what is posted to it."""

    def __init__(self):
        self.posts, self.paths, self.status = [], [], 200
        channel = self

        class Listener(BaseHTTPRequestHandler):
            def do_POST(self):
                channel.posts.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                channel.paths.append(self.path)
                self.send_response(channel.status)
                self.end_headers()

            def log_message(self, *arguments):
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Listener)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def channel():
    channel = Channel()
    yield channel
    channel.server.shutdown()
    channel.server.server_close()


@pytest.fixture
def connect(monkeypatch):
    """Makes the Connection."""

    def make(**connection):
        monkeypatch.setenv("AIRFLOW_CONN_PROPENSITY_WEBHOOK", json.dumps({"conn_type": "generic"} | connection))

    return make


def failed(error="the last line"):
    ti = SimpleNamespace(dag_id="toys_training", task_id="train", run_id="r1", log_url="http://airflow/log")
    return {"ti": ti, "exception": ValueError(error)}


def test_a_failure_is_posted_to_the_webhook(bag, channel, connect):
    connect(password=f"{channel.address}/secret-path")
    bag["terse_process"].test()
    (message,) = channel.posts
    assert message["text"].startswith("terse_process: terse failed in run manual__")
    assert message["text"].endswith(": --source: no such option")
    assert "/dags/terse_process/" in message["log_url"]


def test_slack_gets_its_own_format_by_the_whole_address_or_its_token(channel, connect):
    connect(conn_type="slackwebhook", password=f"{channel.address}/services/T0/B0/x")
    FailureNotifier()(failed("a < b & c"))
    connect(conn_type="slackwebhook", host=f"{channel.address}/services", password="T0/B0/x")
    FailureNotifier()(failed())
    assert channel.paths == ["/services/T0/B0/x"] * 2
    assert channel.posts[0] == {
        "text": "toys_training: train failed in run r1: a &lt; b &amp; c (<http://airflow/log|log>)"
    }


def test_another_connection_may_be_named(channel, monkeypatch):
    address = json.dumps({"conn_type": "http", "password": channel.address})
    monkeypatch.setenv("AIRFLOW_CONN_MARKETING", address)
    FailureNotifier(connection="marketing")(failed())
    assert len(channel.posts) == 1


@pytest.mark.parametrize(
    ("address", "warning"),
    [
        ("http://127.0.0.1:9/secret-path", "could not be notified: URLError"),
        ("http://127.0.0.1:9/secret path\n", "could not be notified: InvalidURL"),
        ("file:///secret-path", "has no address such as https://"),
        ("", "has no address such as https://"),
    ],
)
@pytest.mark.parametrize("conn_type", ["generic", "slackwebhook"])
def test_a_channel_that_cannot_be_reached_is_only_logged(connect, caplog, address, warning, conn_type):
    connect(conn_type=conn_type, password=address)
    FailureNotifier()(failed())
    assert f"the Connection propensity_webhook {warning}" in caplog.text
    assert "secret" not in caplog.text


def test_a_channel_that_answers_with_an_error_is_only_logged(channel, connect, caplog):
    channel.status = 403
    connect(password=f"{channel.address}/secret-path")
    FailureNotifier()(failed())
    assert "returned 403" in caplog.text
    assert "secret-path" not in caplog.text


def test_a_channel_that_never_answers_is_given_up(connect, caplog, monkeypatch):
    monkeypatch.setattr(channels, "TIMEOUT_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        connect(password=f"http://127.0.0.1:{silent.getsockname()[1]}")
        FailureNotifier()(failed())
    assert "could not be notified: TimeoutError" in caplog.text


def test_no_connection_is_no_error(caplog):
    FailureNotifier()(failed())
    assert [record.getMessage() for record in caplog.records] == [
        "toys_training: train failed in run r1: the last line"
    ]


def test_secrets_that_airflow_masks_in_logs_are_masked_in_messages(channel, connect):
    mask_secret("much-too-secret")
    connect(password=channel.address)
    FailureNotifier()(failed("the key much-too-secret is not valid"))
    assert channel.posts[0]["text"].endswith("the key *** is not valid")


def test_of_a_run_only_the_time_limit_is_reported(channel, connect):
    connect(password=channel.address)
    dag = DAG("toys_training", schedule=None, dagrun_timeout=timedelta(days=2))
    for reason in ("task_failure", "timed_out"):
        TimeoutNotifier()({"dag": dag, "run_id": "r1", "reason": reason})
    assert channel.posts == [{"text": "toys_training: run r1 was stopped at its time limit of 2 days, 0:00:00"}]


def test_airflow_finds_what_the_provider_names():
    info = get_provider_info()
    for path in (*info["notifications"], *info["extra-links"]):
        module, name = path.rsplit(".", 1)
        assert callable(getattr(import_module(module), name))
