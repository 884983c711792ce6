"""The programs that the stack is made of."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from stack import datasets, paths
from stack.configuration.settings import BUCKET, Settings
from stack.servers import s3proxy, watching


@dataclass(frozen=True)
class Program:
    """One process that supervisord keeps alive."""

    name: str
    command: tuple[str, ...]
    url: str | None = None
    """An address that responds, with any status, once the program is up."""
    environment: dict[str, str] = field(default_factory=dict)
    """What it needs beside the environment of all programs."""
    late: bool = False
    """Whether it starts after all others, since no command waits for it, and they need the CPU until then."""
    stop_signal: str = "TERM"
    """The signal that stops it and its processes."""

    @property
    def needs_database(self) -> bool:
        return self.name.startswith("airflow-")

    @property
    def start_command(self) -> tuple[str, ...]:
        """The command, after what an earlier start of the program has left was ended."""
        port = urlsplit(self.url).port if self.url else 0
        # -S: a program without packages starts faster.
        return (sys.executable, "-S", "-P", "-m", "stack.servers.lock", self.name, str(port), *self.command)


def programs(settings: Settings) -> list[Program]:
    """All of the stack, those that take longest first."""
    return [_mlflow(settings), *_airflow(settings), _s3(settings), *_endpoints(settings), *_watching(settings)]


def _airflow(settings: Settings) -> list[Program]:
    # Beside this Python; found so, since the environment may lie anywhere.
    airflow = str(Path(sys.executable).with_name("airflow"))
    health = f"{settings.airflow_url}/api/v2/version"
    runner = {"PROPENSITY_RUNNER": settings.runner}
    key = {"PROPENSITY_CAPTURE_KEY": settings.keys["capture"]} if "capture" in settings.keys else {}
    return [
        Program("airflow-api-server", (airflow, "api-server"), health, runner),
        Program("airflow-dag-processor", (airflow, "dag-processor"), environment=runner),
        # The log server would listen on all interfaces; the API server reads the files themselves.
        # Its tasks join outcomes with captured rows, by the hashes of their identifiers.
        Program(
            "airflow-scheduler",
            (airflow, "scheduler", "--skip-serve-logs"),
            environment=runner | key,
        ),
        # Waits for the jobs of remote runners, without a worker: idle, 170 MiB of memory and 0.7% of a core.
        # All that it knows is in the database, and when asked to end, it often waits ten seconds for its own process.
        Program(
            "airflow-triggerer",
            (airflow, "triggerer", "--skip-serve-logs"),
            environment=runner,
            late=True,
            stop_signal="KILL",
        ),
    ]


def _mlflow(settings: Settings) -> Program:
    command = (
        str(paths.ENVIRONMENTS / "mlflow" / "bin" / "python"),
        "-P",
        str(Path(__file__).with_name("mlflow_server.py")),
        "--host=127.0.0.1",
        f"--port={settings.ports['MLFLOW_PORT']}",
        f"--backend-store-uri=sqlite:///{paths.STATE}/mlflow/mlflow.db",
        "--serve-artifacts",
        f"--artifacts-destination=s3://{BUCKET}/mlflow",
        "--workers=1",
    )
    return Program("mlflow", command, f"{settings.mlflow_url}/health")


def _s3(settings: Settings) -> Program:
    return Program("s3", s3proxy.command(s3_properties_file(), paths.STATE / "s3proxy"), settings.s3_url)


def _watching(settings: Settings) -> list[Program]:
    if not settings.monitoring:
        return []
    environment = {"PROPENSITY_MONITORING_VERSION": watching.version(settings)}
    urls = settings.monitoring_urls
    return [
        Program(name, command, f"{urls[name]}/-/healthy", environment)
        for name, command in watching.commands(settings).items()
    ]


def s3_properties_file() -> Path:
    return paths.STATE / "s3.properties"


def s3_properties(settings: Settings) -> str:
    """What the S3 server reads."""
    return s3proxy.properties(settings.s3_url, paths.STATE / "s3", settings.keys["s3_id"], settings.keys["s3_secret"])


def _endpoints(settings: Settings) -> list[Program]:
    return [_endpoint(name, settings) for name in sorted(settings.endpoints)] + [
        _backup(name, settings) for name in sorted(settings.endpoints) if settings.backup
    ]


def _endpoint(name: str, settings: Settings) -> Program:
    backup = settings.servers.get(f"{name}-backup")
    options = [f"--backup=http://127.0.0.1:{backup}"] if backup else []
    return _server(f"endpoint-{name}", name, settings, settings.servers[name], *options)


def _backup(name: str, settings: Settings) -> Program:
    servers = settings.servers
    pages = ",".join(f"http://{host}:{servers[name]}" for host in ("127.0.0.1", "localhost"))
    program = f"endpoint-{name}-backup"
    return _server(program, name, settings, servers[f"{name}-backup"], f"--allow-origin={pages}")


SEGMENT_SECONDS = 2
"""How long captured rows wait for others: ``make monitor`` finds those of requests that were made just before."""


def _capture(program: str, name: str, settings: Settings) -> tuple[list[str], dict[str, str]]:
    """The options and the environment by which a server captures the rows that it scores."""
    section = datasets.capture(name.removesuffix(datasets.SYNTHETIC))
    if section is None and not settings.capture:
        return [], {}
    options = [f"--capture={json.dumps(section or {})}", f"--spool={paths.STATE / 'spool' / program}"]
    options.append(f"--segment-seconds={SEGMENT_SECONDS}")
    return options, {"PROPENSITY_CAPTURE_KEY": settings.keys["capture"]}


def _server(program: str, name: str, settings: Settings, port: int, *options: str) -> Program:
    capture, environment = _capture(program, name, settings)
    launcher = str(paths.PROJECT / "airflow" / "image" / "propensity")
    serve = (launcher, "serve", f"--name={name}", "--host=127.0.0.1", f"--port={port}", *options, *capture)
    store = str(paths.STATE / "s3" / BUCKET / "store")
    # Until the dataset is used; -S: a program without packages starts faster, and takes less memory.
    idle = (sys.executable, "-S", "-P", "-m", "stack.servers.idle_endpoint", name, str(port), store)
    return Program(program, (*idle, *serve), f"http://127.0.0.1:{port}/ping", environment)
