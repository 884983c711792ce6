"""The endpoint beside a FastAPI server: how soon it is up, what it holds, how fast it answers."""

from __future__ import annotations

import csv
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from machine import free_ports

from bench.load import json_request, latencies, throughput
from bench.measure import LAUNCHER, PROJECT, memory, progress
from bench.servers import running, wait_for
from bench.table import Row

PEER = PROJECT / "benchmarks" / "peers" / "endpoint.py"
WORDS = ("Gender", "Vehicle_Age", "Vehicle_Damage")
"""The columns that are text in JSON; the others are numbers."""

CUSTOMERS = 200
CONNECTIONS = 8
WARM_UP, SECONDS = 4, 4


@dataclass(frozen=True)
class _Server:
    """What was measured of one server: seconds, MiB, seconds an answer, answers a second."""

    up: float
    memory: float
    median: float
    slowest: float
    rate: float


def rows(environment: dict[str, str], model: str, model_folder: Path, test_rows: Path, times: int) -> list[Row]:
    """Measures both servers with one model and the same rows, one row a request."""
    progress("the endpoint, and a FastAPI server")
    requests = one_row_requests(test_rows)
    [port] = free_ports(1)
    ours = _measure([str(LAUNCHER), "serve", "--model", model, "--port", str(port)], environment, port, requests, times)
    [port] = free_ports(1)
    peer = _measure([sys.executable, str(PEER), str(model_folder), str(port)], {}, port, requests, times)
    return [
        Row("endpoint, up with a model", "s", ours.up, 1.2, peer.up),
        Row("endpoint, resident after requests", "MiB", ours.memory, 150, peer.memory),
        Row("endpoint, one row, median", "ms", ours.median * 1000, 0.2, peer.median * 1000),
        Row("endpoint, one row, 99 of 100", "ms", ours.slowest * 1000, 2, peer.slowest * 1000),
        Row(f"endpoint, {CONNECTIONS} connections", "answers/s", ours.rate, 8000, peer.rate, least=True),
    ]


def _measure(command: list[str], environment: dict[str, str], port: int, requests: list[bytes], times: int) -> _Server:
    starts = [_start(command, environment, port) for _ in range(times - 1)]
    with running(command, {**os.environ, **environment}) as process:
        starts.append(wait_for(f"http://127.0.0.1:{port}/ping", process))
        throughput(port, requests, CONNECTIONS, WARM_UP)
        found = latencies(port, requests, SECONDS)
        rate = throughput(port, requests, CONNECTIONS, SECONDS)
        return _Server(
            min(starts), memory(process.pid, "VmRSS"), found[len(found) // 2], found[len(found) * 99 // 100], rate
        )


def _start(command: list[str], environment: dict[str, str], port: int) -> float:
    with running(command, {**os.environ, **environment}) as process:
        return wait_for(f"http://127.0.0.1:{port}/ping", process)


def one_row_requests(test_rows: Path) -> list[bytes]:
    """Rows of the test split, each as a request of its own."""
    with test_rows.open(newline="") as stream:
        customers = [row for row, _ in zip(csv.DictReader(stream), range(CUSTOMERS), strict=False)]
    found = []
    for customer in customers:
        customer.pop("Response")
        typed = {name: text if name in WORDS else json.loads(text) for name, text in customer.items()}
        found.append(json_request("/invocations", json.dumps([typed]).encode()))
    return found
