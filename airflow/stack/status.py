"""What runs of the local stack, which models are live, and how the last run ended."""

from __future__ import annotations

import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

from stack import paths
from stack.configuration.settings import USER, Settings, load
from stack.servers import restarts
from stack.servers.supervision import Supervision
from stack.version import version

NO_MODEL = 503
"""The status of an endpoint that has no model."""

SECONDS = 3
"""Seconds that a server may take to respond."""


@dataclass(frozen=True)
class ProgramStatus:
    """The status of one program of the stack."""

    name: str
    state: str
    """``running``, ``restarting``, ``stopped`` and the like."""
    description: str
    """Process and uptime, or how it ended."""
    address: str
    restarts: str
    """The number of recent restarts in words; empty where there are none."""
    champion: str
    """Which model version an endpoint serves; empty for other programs."""


@dataclass(frozen=True)
class LastRun:
    """The last run that Airflow knows."""

    dag: str
    run: str
    state: str
    started: str | None


@dataclass(frozen=True)
class Status:
    """The running stack."""

    version: str
    jars: str
    """The digest of the jars that run."""
    runner: str
    airflow: str
    user: str
    password_file: str
    programs: list[ProgramStatus]
    airflow_responds: bool
    last_run: LastRun | None

    @property
    def healthy(self) -> bool:
        """Whether all programs run."""
        return not self.unhealthy

    @property
    def unhealthy(self) -> list[ProgramStatus]:
        """The programs that do not run."""
        return [program for program in self.programs if program.state != "running"]

    def as_json(self) -> dict[str, Any]:
        """For a script."""
        return {"running": True, "healthy": self.healthy, **asdict(self)}


def read() -> Status | None:
    """The status, or nothing where the stack is stopped."""
    settings, supervision = load(), Supervision()
    if settings is None or not supervision.responds():
        return None
    with ThreadPoolExecutor() as threads:
        last_run = threads.submit(_last_run, settings)
        champions = {f"endpoint-{name}": threads.submit(_champion, port) for name, port in settings.servers.items()}
        programs = _programs(settings, supervision)
        found = [_with_champion(program, champions) for program in programs]
        return Status(
            version(),
            (paths.JARS / "current").resolve().name,
            settings.runner,
            settings.airflow_url,
            USER,
            str(paths.PASSWORD_FILE),
            found,
            *last_run.result(),
        )


def _programs(settings: Settings, supervision: Supervision) -> list[ProgramStatus]:
    addresses = {"airflow-api-server": settings.airflow_url, "mlflow": settings.mlflow_url, "s3": settings.s3_url}
    addresses |= settings.monitoring_urls
    addresses |= {f"endpoint-{name}": f"http://127.0.0.1:{port}" for name, port in settings.servers.items()}
    now = datetime.now()
    ends = restarts.recent(supervision.log, now)
    found = []
    for process in supervision.processes():
        name = process["name"]
        own = ends.get(name, [])
        state = restarts.state(process["statename"], own, now)
        found.append(
            ProgramStatus(name, state, process["description"], addresses.get(name, ""), restarts.described(own), "")
        )
    return found


def _with_champion(program: ProgramStatus, champions: dict) -> ProgramStatus:
    if program.name not in champions:
        return program
    return replace(program, champion=champions[program.name].result())


def _champion(port: int) -> str:
    """The version that an endpoint serves."""
    try:
        return f"version {_json(f'http://127.0.0.1:{port}/api/v1/model')['version']}"
    except HTTPError as error:
        return "no model yet" if error.code == NO_MODEL else "no response"
    except (OSError, ValueError, KeyError):
        return "no response"


def _last_run(settings: Settings) -> tuple[bool, LastRun | None]:
    """Whether Airflow responds, and the run that was started last, if any."""
    try:
        login = json.dumps({"username": USER, "password": settings.password}).encode()
        token = _json(f"{settings.airflow_url}/auth/token", {"Content-Type": "application/json"}, login)
        headers = {"Authorization": f"Bearer {token['access_token']}"}
        runs = _json(f"{settings.airflow_url}/api/v2/dags/~/dagRuns?order_by=-run_after&limit=1", headers)
        found = [LastRun(run["dag_id"], run["dag_run_id"], run["state"], run["start_date"]) for run in runs["dag_runs"]]
        return True, next(iter(found), None)
    except (OSError, ValueError, KeyError):
        return False, None


def _json(url: str, headers: Mapping[str, str] | None = None, body: bytes | None = None) -> dict[str, Any]:
    """A response's JSON. Standard library only: this command is to be quick."""
    opener = build_opener(ProxyHandler({}))  # no proxy is needed for this machine
    with opener.open(Request(url, body, dict(headers or {})), timeout=SECONDS) as response:  # noqa: S310
        return json.load(response)
