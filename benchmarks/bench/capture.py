"""The endpoint with and without capturing its rows: two servers of one model, measured in turns."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import first_release
from machine import free_ports

from bench.endpoint import CONNECTIONS, SECONDS, WARM_UP, one_row_requests
from bench.load import latencies, throughput
from bench.measure import LAUNCHER, memory, progress
from bench.servers import running, stored, wait_for
from bench.table import Row

NAME = "insurance"
ROUNDS = 16


@dataclass(frozen=True)
class _Turn:
    """What was measured of one server in one turn: seconds an answer, answers a second, CPU seconds an answer."""

    median: float
    rate: float
    cpu: float


def rows(environment: dict[str, str], folder: Path, uris: dict[str, str], times: int) -> list[Row]:
    """Measures one row a request; turns are short, so that both servers meet the same load of the machine."""
    progress("the endpoint with and without capture")
    first_release.write(folder / "s3", environment["PROPENSITY_STORE"], NAME, uris["train"])
    requests = one_row_requests(stored(folder, uris["preprocess"]) / "test-rows.csv")
    ports = free_ports(2)
    capture = ("--capture", '{"identifier": "hmac"}', "--spool", str(folder / "spool"))
    key = {"PROPENSITY_CAPTURE_KEY": "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="}
    settings = {**os.environ, **environment, **key}
    commands = [[str(LAUNCHER), "serve", "--name", NAME, "--port", str(port)] for port in ports]
    with running(commands[0], settings) as off, running([*commands[1], *capture], settings) as on:
        for port, process in zip(ports, (off, on), strict=True):
            wait_for(f"http://127.0.0.1:{port}/ping", process)
            throughput(port, requests, CONNECTIONS, 2 * WARM_UP)
            latencies(port, requests, WARM_UP)
        turns = [_turn(ports, (off.pid, on.pid), requests, turn % 2) for turn in range(ROUNDS * times)]
        more = memory(on.pid, "VmRSS") - memory(off.pid, "VmRSS")
    without = median(turn[0].median for turn in turns)
    added = median(turn[1].median - turn[0].median for turn in turns)
    rate = median(turn[1].rate / turn[0].rate for turn in turns)
    cost = median(turn[1].cpu / turn[0].cpu for turn in turns)
    return [
        Row("endpoint, one row, median without capture", "ms", without * 1000, float("inf")),
        Row("capture, one row, added to the median", "µs", added * 1e6, 5),
        Row(f"capture, {CONNECTIONS} connections, answers/s of those without", "", rate, 0.95, least=True),
        Row(f"capture, {CONNECTIONS} connections, CPU time of an answer", "", cost, 1.05),
        Row("capture, added resident memory", "MiB", more, 48),
    ]


def _turn(ports: list[int], processes: tuple[int, int], requests: list[bytes], first: int) -> tuple[_Turn, _Turn]:
    """Measures each server once; which is the first changes, so that neither always follows the other."""
    measured = {}
    for which in (first, 1 - first):
        answered = median(latencies(ports[which], requests, SECONDS / 4))
        measured[which] = _Turn(answered, *_loaded(ports[which], processes[which], requests))
    return measured[0], measured[1]


def _loaded(port: int, process: int, requests: list[bytes]) -> tuple[float, float]:
    """Answers a second over several connections, and the CPU seconds of one."""
    before = _cpu(process)
    rate = throughput(port, requests, CONNECTIONS, SECONDS / 4)
    return rate, (_cpu(process) - before) / (rate * SECONDS / 4)


def _cpu(process: int) -> float:
    """The CPU seconds that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
