"""The servers' databases."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

from machine import soon

PROJECT = Path(__file__).resolve().parents[2]
MAKE = "from stack.servers import databases; from stack.settings import settle; databases.make_mlflow(settle())"


def test_tables_of_mlflow_whose_making_was_cut_off_are_made_again(tmp_path):
    for folder in ("logs", "mlflow"):
        (tmp_path / folder).mkdir()
    database = tmp_path / "mlflow" / "mlflow.db"
    words = [sys.executable, "-P", "-c", MAKE]
    environment = os.environ | {
        "PROPENSITY_STATE": str(tmp_path),
        "PROPENSITY_ENVIRONMENTS": str(Path(sys.prefix).parent),
        "PYTHONPATH": f"{PROJECT}/airflow:{PROJECT}/dags",
    }

    cut_off = subprocess.Popen(words, env=environment, start_new_session=True)
    soon(lambda: "runs" in tables(database.with_name("mlflow.db.partial")))
    os.killpg(cut_off.pid, signal.SIGKILL)
    cut_off.wait()

    assert not database.exists()
    subprocess.run(words, env=environment, check=True)
    made = tables(database)
    assert "runs" in made
    assert [name for name in made if name.startswith("_alembic_tmp")] == []


def tables(database: Path) -> list[str]:
    if not database.exists():
        return []
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        return [name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")]
    except sqlite3.OperationalError:  # it is locked
        return []
    finally:
        connection.close()
