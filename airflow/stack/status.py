"""What runs of the local stack, which models are live, and how the last run ended."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import requests

from stack import places
from stack.servers import restarts
from stack.servers.supervision import Supervision
from stack.settings import USER, Settings, load
from stack.version import version

SECONDS = 3
"""Seconds that a server may take to respond."""


@dataclass(frozen=True)
class Program:
    """One program of the stack."""

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
class Run:
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
    programs: list[Program]
    last_run: Run | None

    @property
    def healthy(self) -> bool:
        """Whether all programs run."""
        return all(program.state == "running" for program in self.programs)

    def as_json(self) -> dict[str, Any]:
        """For a script."""
        return {"running": True, "healthy": self.healthy, **asdict(self)}


def read() -> Status | None:
    """The status, or nothing where the stack is stopped."""
    settings, supervision = load(), Supervision()
    if settings is None or not supervision.answers():
        return None
    with ThreadPoolExecutor() as threads:
        last_run = threads.submit(_last_run, settings)
        champions = {f"endpoint-{name}": threads.submit(_champion, port) for name, port in settings.servers.items()}
        programs = _programs(settings, supervision)
        found = [_with_champion(program, champions) for program in programs]
        return Status(
            version(),
            (places.JARS / "current").resolve().name,
            settings.runner,
            settings.airflow_url,
            USER,
            str(places.PASSWORD_FILE),
            found,
            last_run.result(),
        )


def _programs(settings: Settings, supervision: Supervision) -> list[Program]:
    addresses = {"airflow-api-server": settings.airflow_url, "mlflow": settings.mlflow_url, "s3": settings.s3_url}
    addresses |= {f"endpoint-{name}": f"http://127.0.0.1:{port}" for name, port in settings.servers.items()}
    now = datetime.now()
    ends = restarts.recent(supervision.log, now)
    found = []
    for process in supervision.processes():
        name = process["name"]
        own = ends.get(name, [])
        state = restarts.state(process["statename"], own, now)
        found.append(Program(name, state, process["description"], addresses.get(name, ""), restarts.described(own), ""))
    return found


def _with_champion(program: Program, champions: dict) -> Program:
    if program.name not in champions:
        return program
    return Program(**{**asdict(program), "champion": champions[program.name].result()})


def _champion(port: int) -> str:
    """The version that an endpoint serves."""
    try:
        answer = _get(f"http://127.0.0.1:{port}/api/v1/model")
        if answer.status_code == requests.codes.service_unavailable:
            return "no model yet"
        return f"version {answer.json()['version']}"
    except (requests.RequestException, ValueError, KeyError):
        return "no response"


def _last_run(settings: Settings) -> Run | None:
    """The run that was started last; nothing where there is none or Airflow does not respond."""
    try:
        login = {"username": USER, "password": settings.password}
        with requests.Session() as session:
            session.trust_env = False
            token = session.post(f"{settings.airflow_url}/auth/token", json=login, timeout=SECONDS).json()
            query = {"order_by": "-run_after", "limit": 1}
            headers = {"Authorization": f"Bearer {token['access_token']}"}
            answer = session.get(
                f"{settings.airflow_url}/api/v2/dags/~/dagRuns", params=query, headers=headers, timeout=SECONDS
            )
            [run] = answer.json()["dag_runs"]
            return Run(run["dag_id"], run["dag_run_id"], run["state"], run["start_date"])
    except (requests.RequestException, ValueError, KeyError):
        return None


def _get(url: str) -> requests.Response:
    with requests.Session() as session:
        session.trust_env = False  # no proxy is needed for this machine
        return session.get(url, timeout=SECONDS)
