from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests
from machine import free_ports

AIRFLOW = Path(__file__).parents[2]
SERVER = """
import http.server, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"served")
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""


@pytest.fixture
def port():
    return free_ports(1)[0]


@pytest.fixture
def start(tmp_path, port):
    """Starts one, of this name, before a server that only says so."""
    started = []

    def idle(name: str) -> subprocess.Popen:
        command = [sys.executable, "-S", "-P", "-m", "stack.servers.idle_endpoint", name, str(port), str(tmp_path)]
        server = [sys.executable, "-S", "-c", SERVER, str(port)]
        environment = os.environ | {"PYTHONPATH": str(AIRFLOW)}
        started.append(subprocess.Popen([*command, *server], env=environment))
        return started[-1]

    yield idle
    for process in started:
        process.kill()
        process.wait()


def answer(port: int, path: str, wanted: int) -> requests.Response:
    """The response, once it has this status."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            found = requests.get(f"http://127.0.0.1:{port}{path}", timeout=10)
        except requests.ConnectionError:
            found = None
        if found is not None and found.status_code == wanted:
            return found
        time.sleep(0.05)
    raise AssertionError(f"{path} did not return {wanted}: {found}")


def test_responds_that_there_is_no_model_yet(start, port):
    start("customers")

    refused = answer(port, "/ping", 503)
    assert refused.headers["Retry-After"] == "5"
    assert refused.json()["detail"] == (
        "no model of customers has been released yet; to train one: make run DATASET=customers"
    )
    assert refused.json()["waiting"] == "no model of customers has been released yet"
    rows = requests.post(f"http://127.0.0.1:{port}/invocations", data=b"x" * 3_000_000, timeout=10)
    assert rows.status_code == 503
    page = answer(port, "/", 200)
    assert "<p>No model of customers has been released yet. To train one:</p>" in page.text
    assert "make run DATASET=customers<" in page.text
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer(port, "/api/v1/health/live", 200).json() == {"live": True}
    metrics = answer(port, "/metrics", 200)
    assert metrics.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    assert {"propensity_endpoint_idle 1.0", "propensity_model_ready 0.0"} <= set(metrics.text.splitlines())


@pytest.mark.parametrize("written", ["customers-synthetic", "customers-sample"])
def test_becomes_the_server_once_the_store_has_something_of_its_name(start, port, tmp_path, written):
    process = start("customers-synthetic")
    assert "make run DATASET=customers DATA=synthetic:50000<" in answer(port, "/", 200).text
    (tmp_path / "customers").mkdir()
    time.sleep(1)
    answer(port, "/ping", 503)

    (tmp_path / written / "download").mkdir(parents=True)

    assert answer(port, "/ping", 200).text == "served"
    assert process.poll() is None


def test_is_the_server_at_once_if_the_dataset_was_used_before(start, port, tmp_path):
    (tmp_path / "customers").mkdir()
    start("customers")
    assert answer(port, "/", 200).text == "served"
