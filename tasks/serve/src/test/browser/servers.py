"""Servers for the tests of the page: S3, and endpoints with models that the jars trained."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import requests

sys.path.append(str(Path(__file__).resolve().parents[5] / "airflow"))
from stack.servers import s3proxy

PROJECT = Path(__file__).resolve().parents[5]
LAUNCHER = PROJECT / "airflow" / "image" / "propensity"
SHARED = Path(os.environ.get("PROPENSITY_SHARED") or PROJECT.parent / "shared")
TIMEOUT = 120
"""Time limit for the start of a server, in seconds."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def running(command: list[str], environment: dict[str, str], log: Path) -> Iterator[subprocess.Popen]:
    """A process that ends with the block."""
    with log.open("ab") as out:
        process = subprocess.Popen(command, env=environment, stdout=out, stderr=out)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(60)


def wait_for(url: str, accepted: range) -> None:
    """Waits until the URL returns an accepted status."""
    deadline = time.monotonic() + TIMEOUT
    while time.monotonic() < deadline:
        with contextlib.suppress(requests.RequestException):
            if requests.get(url, timeout=5).status_code in accepted:
                return
        time.sleep(0.1)
    raise AssertionError(f"{url} does not respond")


@contextlib.contextmanager
def s3(folder: Path) -> Iterator[dict[str, str]]:
    """Starts an S3 server; yields the environment for the jars."""
    url = f"http://127.0.0.1:{free_port()}"
    (folder / "s3" / "page").mkdir(parents=True)
    environment = os.environ | {
        "AWS_ENDPOINT_URL_S3": url,
        "AWS_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "page",
        "AWS_SECRET_ACCESS_KEY": "page",
        "PROPENSITY_STORE": "s3://page/store",
        "PROPENSITY_JARS": str(PROJECT / "build" / "jars"),
    }
    environment.pop("MLFLOW_TRACKING_URI", None)
    properties = folder / "s3.properties"
    properties.write_text(s3proxy.properties(url, folder / "s3", "page", "page"))
    with running(s3proxy.command(properties), environment, folder / "s3.log"):
        wait_for(url, range(200, 500))
        yield environment


def task(environment: dict[str, str], name: str, *options: str) -> str:
    """Runs a task; returns the URI that it prints."""
    done = subprocess.run([LAUNCHER, name, *options], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def release(environment: dict[str, str], dataset: str, source: str) -> None:
    """Trains a model of the dataset and releases it."""
    specification = ("--dataset", str(PROJECT / "datasets" / f"{dataset}.yaml"))
    raw = task(environment, "download", *specification, "--source", source)
    features = task(environment, "preprocess", *specification, "--raw", raw)
    model = task(environment, "train", *specification, "--features", features)
    evaluation = task(environment, "evaluate", *specification, "--model", model, "--features", features)
    task(environment, "register", *specification, "--evaluation", evaluation, "--release", "release", "--who", "test")


def monitor(environment: dict[str, str], dataset: str, name: str, days: int, changed: int) -> None:
    """Monitors days of rows like those of the champion's training data; in the last ones, they differ."""
    jars = PROJECT / "build" / "jars"
    command = [
        *("java", "-XX:TieredStopAtLevel=1", "-cp", f"{jars}/*:{jars}/lib/*"),
        *(str(Path(__file__).with_name("MonitoredDays.java")), str(PROJECT / "datasets" / f"{dataset}.yaml")),
        *(name, str(days), str(changed)),
    ]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@contextlib.contextmanager
def endpoint(
    environment: dict[str, str], name: str, port: int, log: Path, *options: str, accepted: range = range(200, 300)
) -> Iterator[subprocess.Popen]:
    """Starts an endpoint with the dataset's champion; without one, its health check returns 503."""
    command = [str(LAUNCHER), "serve", f"--name={name}", f"--port={port}", *options]
    with running(command, environment, log) as process:
        wait_for(f"http://127.0.0.1:{port}/ping", accepted)
        yield process
