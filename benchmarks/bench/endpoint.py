"""The endpoint: how soon it is up, what it holds, how fast it answers."""

from __future__ import annotations

import http.client
import os
import statistics
import time
from pathlib import Path

from machine import free_ports

from bench.measure import LAUNCHER, progress
from bench.servers import running, wait_for
from bench.table import Row

REQUESTS = 3000


def rows(environment: dict[str, str], model: str, test_rows: Path) -> list[Row]:
    """Measures the server with one model, one row a request over one connection."""
    progress("the endpoint")
    port = free_ports(1)[0]
    command = [str(LAUNCHER), "serve", "--model", model, "--port", str(port)]
    with running(command, {**os.environ, **environment}) as process:
        up = wait_for(f"http://127.0.0.1:{port}/ping", process)
        bodies = _bodies(test_rows)
        _latencies(port, bodies)  # warms up
        latency = statistics.median(_latencies(port, bodies))
        memory = _resident(process.pid)
    return [
        Row("endpoint up with a model", "s", up, 1.5),
        Row("endpoint, resident after requests", "MiB", memory, 150),
        Row("endpoint, one row, median", "ms", latency * 1000, 0.5),
    ]


def _bodies(test_rows: Path) -> list[bytes]:
    with test_rows.open(newline="") as stream:
        lines = [line for line, _ in zip(stream, range(201), strict=False)]
    return [(lines[0] + line).encode() for line in lines[1:]]


def _latencies(port: int, bodies: list[bytes]) -> list[float]:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    latencies = []
    for number in range(REQUESTS):
        begin = time.perf_counter()
        connection.request("POST", "/invocations", bodies[number % len(bodies)], {"Content-Type": "text/csv"})
        answer = connection.getresponse()
        answer.read()
        latencies.append(time.perf_counter() - begin)
        if answer.status != 200:
            raise RuntimeError(f"the endpoint answered {answer.status}")
    connection.close()
    return latencies


def _resident(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("no VmRSS")
