"""The servers' databases, which are made before the servers start."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from stack import places
from stack.environment import components
from stack.failure import Failure
from stack.settings import Settings


def make_mlflow(settings: Settings) -> None:
    """Makes MLflow's tables, unless they are there; later versions of MLflow renew them at their start.

    MLflow would make them itself, but where it is ended meanwhile, never again.

    Raises:
        Failure: where they cannot be made
    """
    database = places.STATE / "mlflow" / "mlflow.db"
    if database.exists():
        return
    partial = database.with_name("mlflow.db.partial")
    partial.unlink(missing_ok=True)
    words = [places.ENVIRONMENTS / "mlflow" / "bin" / "mlflow", "db", "upgrade", f"sqlite:///{partial}"]
    _run("MLflow", words, settings)
    partial.replace(database)


def migrate_airflow(settings: Settings) -> None:
    """Makes or renews Airflow's tables, once for each version of Airflow.

    Raises:
        Failure: where they cannot be made
    """
    stamp = places.STATE / "airflow" / "migrated.txt"
    locked = places.text(places.PROJECT / "airflow" / "requirements" / "airflow.txt")
    if places.text(stamp) == locked and (stamp.parent / "airflow.db").exists():
        return
    _run("Airflow", [Path(sys.executable).with_name("airflow"), "db", "migrate"], settings)
    places.write_private(stamp, locked or "")


def _run(server: str, words: list[str | Path], settings: Settings) -> None:
    log = places.LOGS / f"{server.lower()}-db.log"
    with log.open("w") as out:
        done = subprocess.run(words, env=components(settings), stdout=out, stderr=subprocess.STDOUT, check=False)
    if done.returncode != 0:
        raise Failure(f"{server}'s database cannot be made: see {log}")
