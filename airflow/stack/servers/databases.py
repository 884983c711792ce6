"""The servers' databases, which are made before the servers start."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from stack import paths
from stack.configuration.environment import components
from stack.configuration.settings import Settings
from stack.failure import Failure


def make_mlflow() -> None:
    """Begins with MLflow's empty tables, unless there are some; later versions of MLflow renew them at their start."""
    database = paths.STATE / "mlflow" / "mlflow.db"
    if database.exists():
        return
    partial = database.with_name("mlflow.db.partial")
    shutil.copyfile(paths.ENVIRONMENTS / "mlflow" / "empty.db", partial)
    partial.replace(database)


def migrate_airflow(settings: Settings) -> None:
    """Makes or renews Airflow's tables, once for each version of Airflow.

    Raises:
        Failure: where they cannot be made
    """
    stamp = paths.STATE / "airflow" / "migrated.txt"
    locked = paths.text(paths.PROJECT / "airflow" / "requirements" / "airflow.txt")
    if paths.text(stamp) == locked and (stamp.parent / "airflow.db").exists():
        return
    log = paths.LOGS / "airflow-db.log"
    words = [Path(sys.executable).with_name("airflow"), "db", "migrate"]
    with log.open("w") as out:
        done = subprocess.run(words, env=components(settings), stdout=out, stderr=subprocess.STDOUT, check=False)
    if done.returncode != 0:
        raise Failure(f"Airflow's database cannot be created or migrated: see {log}", 1)
    paths.write_private(stamp, locked or "")
