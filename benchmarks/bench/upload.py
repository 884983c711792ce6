"""An upload of a wide table to the endpoint, beside a FastAPI server."""

from __future__ import annotations

import http.client
import json
import os
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from machine import free_ports

from bench.measure import LAUNCHER, PROJECT, SHARED, memory, progress, task
from bench.rows import repeated
from bench.servers import running, stored, wait_for
from bench.table import Row

DATASET = PROJECT / "datasets" / "santander.yaml"
ROWS = SHARED / "data" / "santander" / "train.csv.gz"
PEER = PROJECT / "benchmarks" / "peers" / "upload.py"
PATH = "/api/v1/classification/inference/uploadfile"
SIZE = 200_000
BOUNDARY = "----bench"


@dataclass(frozen=True)
class _Upload:
    """Seconds, the most MiB that the server held, and the CPU seconds that it took."""

    wall: float
    peak: float
    cpu: float


def rows(environment: dict[str, str], folder: Path, times: int) -> list[Row]:
    """Uploads the shared rows, repeated to size, and reads the whole answer; both servers have one XGBoost model."""
    progress(f"an upload of {SIZE:,} rows of 200 columns")
    raw = task("download", environment, dataset=DATASET, source=ROWS).uri
    features = task("preprocess", environment, dataset=DATASET, raw=raw).uri
    table = repeated(ROWS, SIZE, folder / "upload.csv")
    models = {
        learner: task("train", environment, dataset=DATASET, features=features, learner=learner, threads=2).uri
        for learner in ("xgboost", "logistic")
    }
    [port] = free_ports(1)
    serve = [str(LAUNCHER), "serve", "--port", str(port), "--model"]
    trees = _measure([*serve, models["xgboost"]], environment, port, table, times)
    logistic = _measure([*serve, models["logistic"]], environment, port, table, times)
    command = [sys.executable, str(PEER), str(stored(folder, models["xgboost"])), str(port)]
    peer = _measure(command, {}, port, table, 1)
    table.unlink()
    size = f"{SIZE:,} x 200"
    return [
        Row(f"upload, {size}, xgboost", "s", trees.wall, 5, peer.wall, f"{trees.cpu:.1f} CPU s"),
        Row(f"upload, {size}, xgboost, peak", "MiB", trees.peak, 300, peer.peak),
        Row(f"upload, {size}, logistic", "s", logistic.wall, 5, note=f"{logistic.cpu:.1f} CPU s"),
        Row(f"upload, {size}, logistic, peak", "MiB", logistic.peak, 300),
    ]


def _measure(command: list[str], environment: dict[str, str], port: int, table: Path, times: int) -> _Upload:
    """The quickest of some uploads to a server that had one before."""
    with running(command, {**os.environ, **environment}) as process:
        wait_for(f"http://127.0.0.1:{port}/ping", process)
        uploads = [_upload(port, process.pid, table) for _ in range(times + 1)]
        return min(uploads[1:], key=lambda upload: upload.wall)


def _upload(port: int, pid: int, table: Path) -> _Upload:
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="data_file"; filename="a.csv"\r\n\r\n'.encode()
    tail = f"\r\n--{BOUNDARY}--\r\n".encode()
    begin, before = time.perf_counter(), _cpu(pid)
    with ExitStack() as stack:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
        stack.callback(connection.close)
        connection.putrequest("POST", PATH)
        connection.putheader("Content-Type", f"multipart/form-data; boundary={BOUNDARY}")
        connection.putheader("Content-Length", str(len(head) + table.stat().st_size + len(tail)))
        connection.endheaders(head)
        with table.open("rb") as stream:
            connection.sock.sendfile(stream)
        connection.send(tail)
        answer = connection.getresponse()
        body = answer.read()
    wall, cpu = time.perf_counter() - begin, _cpu(pid) - before
    if answer.status != 200 or len(json.loads(body)) != SIZE:
        raise RuntimeError(f"the upload was answered with {answer.status} and {body[:300]!r}")
    return _Upload(wall, memory(pid, "VmHWM"), cpu)


def _cpu(pid: int) -> float:
    user, system = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
