"""Servers that capture rows while S3 is away: three of one model, each request sent to all in turn.

One server's S3 is always there, and the others' is away: first it does not respond, then it refuses connections. One of
them has a spool that is soon full. What is compared was measured in the same seconds."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
import urllib.request
from array import array
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

import first_release
import pyarrow.ipc
from machine import free_ports

from bench.capture import NAME
from bench.endpoint import one_row_requests
from bench.load import Connection
from bench.measure import LAUNCHER, progress
from bench.servers import S3, running, stored, wait_for
from bench.table import Row

AWAY = 60
"""Seconds, by default; enough to fill the small spool."""
WARM_UP, FEWEST = 8, 15
RATE = 100
"""Requests a second to each server."""
PATIENCE = 300
"""Seconds until a server must have uploaded what it kept."""

CAPTURE = ("--capture", '{"identifier": "hmac"}', "--segment-seconds", "2")
KEY = {"PROPENSITY_CAPTURE_KEY": "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="}


@dataclass
class _Client:
    """One connection to a server, and what it measured.

    :param seconds: of each answer, by the phase of the bench
    """

    name: str
    port: int
    store: str
    process: subprocess.Popen
    answered: int = 0
    seconds: dict[str, array] = field(default_factory=dict)

    def __post_init__(self):
        self._connection = Connection(self.port)

    def send(self, request: bytes, phase: str) -> None:
        """Sends a request, which must be answered."""
        begin = time.perf_counter()
        self._connection.send(request)
        while not self._connection.receive():
            pass
        self.seconds.setdefault(phase, array("d")).append(time.perf_counter() - begin)
        self.answered += 1

    def slowest(self, phase: str) -> float:
        """The seconds that 99 of 100 answers took at most."""
        ordered = sorted(self.seconds[phase])
        return ordered[len(ordered) * 99 // 100]

    def kept_bytes(self) -> float:
        """What the server has not uploaded yet."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/metrics", timeout=30) as answer:
            lines = answer.read().decode().splitlines()
        values = dict(line.rsplit(" ", 1) for line in lines if line.startswith("propensity_capture_"))
        return sum(float(values[f"propensity_capture_{name}_bytes"]) for name in ("queue", "spool"))


def rows(environment: dict[str, str], folder: Path, uris: dict[str, str], away: float) -> list[Row]:
    """Measures one row a request, with so many seconds without S3."""
    progress(f"capture while S3 is away for {away:g} s")
    requests = cycle(one_row_requests(stored(folder, uris["preprocess"]) / "test-rows.csv"))
    with ExitStack() as stack:
        lost = S3(folder, "lost")
        stack.callback(lost.end)
        clients = [
            stack.enter_context(_client(name, environment | {"AWS_ENDPOINT_URL_S3": url}, folder, uris["train"], *more))
            for name, url, *more in (
                ("there", environment["AWS_ENDPOINT_URL_S3"]),
                ("away", lost.url),
                ("full", lost.url, "--spool-mebibytes", "1"),
            )
        ]
        _load(clients, requests, "warm-up", WARM_UP)
        _load(clients, requests, "before", max(FEWEST, away / 10))
        lost.process.send_signal(signal.SIGSTOP)
        _load(clients, requests, "away", away / 2)
        lost.process.kill()
        lost.process.wait()
        _load(clients, requests, "away", away / 2)
        lost.start()
        _load(clients, requests, "after", FEWEST)
        for client in clients:
            _await_uploads(client)
            client.process.terminate()
            client.process.wait(60)
    there, cut, full = clients
    return [
        Row("capture, one row, 99 of 100, S3 there", "ms", there.slowest("away") * 1000, float("inf")),
        Row("capture, one row, 99 of 100, S3 away, of that", "", _ratio(cut, there, "away"), 1.05),
        Row("the same before S3 was away, its error", "", _ratio(cut, there, "before"), float("inf")),
        Row("the same, the spool full, of that with S3 there", "", _ratio(full, there, "away"), 1.05),
        *_losses(there, folder),
        *_losses(cut, folder),
        *_losses(full, folder, fewest=1),
    ]


def _ratio(one: _Client, other: _Client, phase: str) -> float:
    return one.slowest(phase) / other.slowest(phase)


@contextmanager
def _client(name: str, environment: dict[str, str], folder: Path, model: str, *options: str) -> Iterator[_Client]:
    """A server with its own store, in which the model is the champion, and its client."""
    store = f"{environment['PROPENSITY_STORE']}-{name}"
    first_release.write(folder / "s3", store, NAME, model)
    [port] = free_ports(1)
    command = [str(LAUNCHER), "serve", "--name", NAME, "--port", str(port), *CAPTURE]
    command += ["--spool", str(folder / f"spool-{name}"), *options]
    settings = {**os.environ, **environment, **KEY, "PROPENSITY_STORE": store}
    with running(command, settings, folder / f"serve-{name}.log") as process:
        wait_for(f"http://127.0.0.1:{port}/ping", process)
        yield _Client(name, port, store, process)


def _load(clients: list[_Client], requests: Iterator[bytes], phase: str, seconds: float) -> None:
    """Sends requests for some time; which server is the first changes, so that none always follows another."""
    begin = time.perf_counter()
    for number in range(round(seconds * RATE)):
        time.sleep(max(0.0, begin + number / RATE - time.perf_counter()))
        request = next(requests)
        first = number % len(clients)
        for client in clients[first:] + clients[:first]:
            client.send(request, phase)


def _await_uploads(client: _Client) -> None:
    end = time.perf_counter() + PATIENCE
    while client.kept_bytes() > 0:
        if time.perf_counter() > end:
            raise RuntimeError(f"{client.name}: captured rows are not uploaded")
        time.sleep(0.5)


def _losses(client: _Client, folder: Path, fewest: int = 0) -> list[Row]:
    """Whether each answered row is on S3, once, or is counted as lost."""
    counts = Counter()
    rows = set()
    for segment in (stored(folder, client.store) / "captures" / NAME).rglob("*.arrow"):
        with pyarrow.ipc.open_file(segment) as file:
            said = json.loads(file.schema.metadata[b"propensity_counts"])
            rows.update(file.read_all()["propensity_request"].to_pylist())
        counts.update({name: said[name] for name in ("rows", "answered", "dropped")})
        counts["gaps"] += said["gap"] is not None
    wrong = abs(client.answered - counts["answered"]) + abs(counts["answered"] - counts["rows"] - counts["dropped"])
    wrong += abs(counts["rows"] - len(rows)) + counts["gaps"]
    note = f"{client.answered:,} answered, {len(rows):,} on S3, {counts['dropped']:,} counted as lost"
    lost = Row(f"capture, S3 {client.name}, rows lost", "", counts["dropped"], 0)
    if fewest:
        lost = Row(f"capture, S3 away, spool {client.name}, rows lost", "", counts["dropped"], fewest, least=True)
    return [lost, Row("rows that are neither on S3 nor counted as lost", "", wrong, 0, note=note)]
