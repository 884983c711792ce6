"""The servers that the jars speak to, on free ports, for the time of the bench."""

from __future__ import annotations

import os
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from machine import free_ports

from bench.measure import ENVIRONMENTS, PROJECT
from stack.servers import s3proxy

KEY, SECRET, BUCKET = "bench", "bench-secret", "bench"


def wait_for(url: str, process: subprocess.Popen, timeout: float = 180) -> float:
    """The seconds until the address answers with any status."""
    begin = time.perf_counter()
    while time.perf_counter() - begin < timeout:
        if process.poll() is not None:
            raise RuntimeError(f"{process.args[0]} ended with {process.returncode}")
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return time.perf_counter() - begin
        except urllib.error.HTTPError as error:
            if error.code != 503:
                return time.perf_counter() - begin
        except OSError:
            pass
        time.sleep(0.01)
    raise RuntimeError(f"{url} does not answer")


@contextmanager
def running(command: list[str], environment: dict[str, str] | None = None, log: Path | None = None):
    """A server's process, ended with the block."""
    with (log or Path("/dev/null")).open("ab") as out:
        process = subprocess.Popen(command, env=environment, stdout=out, stderr=out, start_new_session=True)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


class S3:
    """An S3 server's process on the folder ``s3``, which may be ended and started again.

    :param name: of its log
    """

    def __init__(self, folder: Path, name: str):
        self.url = f"http://127.0.0.1:{free_ports(1)[0]}"
        self._settings = folder / f"{name}.properties"
        self._settings.write_text(s3proxy.properties(self.url, folder / "s3", KEY, SECRET))
        self._log = folder / f"{name}.log"
        self.start()

    def start(self) -> None:
        self._stack = ExitStack()
        self.process = self._stack.enter_context(running(list(s3proxy.command(self._settings)), log=self._log))
        wait_for(self.url, self.process)

    def end(self) -> None:
        self._stack.close()


@contextmanager
def s3(folder: Path) -> Iterator[dict[str, str]]:
    """An S3 server; the environment that the jars need for it."""
    (folder / "s3" / BUCKET).mkdir(parents=True)
    server = S3(folder, "s3")
    try:
        yield {
            "AWS_ENDPOINT_URL_S3": server.url,
            "AWS_REGION": "us-east-1",
            "AWS_ACCESS_KEY_ID": KEY,
            "AWS_SECRET_ACCESS_KEY": SECRET,
            "PROPENSITY_STORE": f"s3://{BUCKET}/store",
            "PROPENSITY_JARS": str(PROJECT / "build" / "jars"),
        }
    finally:
        server.end()


def stored(folder: Path, uri: str) -> Path:
    """Where the S3 server keeps what has this address."""
    return folder / "s3" / uri.removeprefix("s3://").rstrip("/")


@contextmanager
def mlflow(folder: Path) -> Iterator[dict[str, str]]:
    """An MLflow server; the environment that the jars need for it."""
    url = f"http://127.0.0.1:{free_ports(1)[0]}"
    command = [
        str(ENVIRONMENTS / "mlflow" / "bin" / "python"),
        "-P",
        str(PROJECT / "airflow" / "stack" / "servers" / "mlflow_server.py"),
        "--host=127.0.0.1",
        f"--port={url.rsplit(':', 1)[1]}",
        "--workers=1",
        f"--backend-store-uri=sqlite:///{folder}/mlflow.db",
        "--serve-artifacts",
        f"--artifacts-destination={folder}/mlflow",
    ]
    settings = {"MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false", "MLFLOW_DISABLE_TELEMETRY": "true"}
    with running(command, {**os.environ, **settings}, folder / "mlflow.log") as process:
        wait_for(f"{url}/health", process)
        yield {"MLFLOW_TRACKING_URI": url}
