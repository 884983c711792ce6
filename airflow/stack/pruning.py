"""Old parts of the local stack: runs, their logs, jars of earlier builds."""

from __future__ import annotations

import shutil
import subprocess
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from stack import paths
from stack.airflow_api import AirflowApi
from stack.configuration.environment import components
from stack.configuration.settings import Settings
from stack.jars import LAUNCHER

PAGE = 100
DAYS = 30
"""The default minimum age of runs and logs in days, as that of artifacts in the task prune."""


def old_runs(api: AirflowApi, days: int) -> list[tuple[str, str]]:
    """The runs that ended longer ago than that: DAG and run."""
    until = (datetime.now(UTC) - timedelta(days=days)).isoformat()
    found, page = [], None
    while page is None or len(page) == PAGE:
        query = {"end_date_lte": until, "limit": PAGE, "offset": len(found), "order_by": "id"}
        page = api.call("GET", "/dags/~/dagRuns", params=query)["dag_runs"]
        found += [(run["dag_id"], run["dag_run_id"]) for run in page]
    return found


def forget(api: AirflowApi, dag: str, run: str) -> None:
    """Removes a run and its logs."""
    api.call("DELETE", f"/dags/{dag}/dagRuns/{run}", missing_ok=True)
    shutil.rmtree(paths.STATE / "airflow" / "logs" / f"dag_id={dag}" / f"run_id={run}", ignore_errors=True)


def old_files(days: int) -> list[Path]:
    """The DAG processor's logs that are that old, and the jars that are not used."""
    until = time.time() - days * 24 * 3600
    logs = [file for file in (paths.STATE / "airflow" / "logs" / "dag_processor").rglob("*.log") if file.is_file()]
    current = (paths.JARS / "current").resolve()
    jars = [folder for folder in paths.JARS.glob("*") if folder.is_dir() and folder.resolve() != current]
    return [*(file for file in logs if file.stat().st_mtime < until), *jars]


def artifacts(settings: Settings, days: int | None, keep: int | None, sure: bool) -> int:
    """Has the task prune remove, or only name, the artifacts that nothing recent reaches; its exit code."""
    given = {"--older-than": days, "--keep": keep}
    options = [f"{name}={value}" for name, value in given.items() if value is not None]
    words = [LAUNCHER, "prune", *options, *(["--yes"] if sure else [])]
    return subprocess.run(words, env=components(settings), check=False).returncode


def remove(path: Path) -> None:
    """Removes a file or a folder."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
