"""The servers' databases."""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

import pytest

from stack import paths
from stack.servers import databases


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch) -> Path:
    monkeypatch.setattr(paths, "STATE", tmp_path)
    monkeypatch.setattr(paths, "ENVIRONMENTS", Path(sys.prefix).parent)
    (tmp_path / "mlflow").mkdir()
    return tmp_path / "mlflow"


def test_mlflow_begins_with_empty_tables_whatever_an_earlier_start_left_half_done(folder):
    (folder / "mlflow.db.partial").write_bytes(b"SQLite format 3")

    databases.make_mlflow()

    assert [file.name for file in folder.iterdir()] == ["mlflow.db"]
    with sqlite3.connect(folder / "mlflow.db") as connection:
        assert connection.execute("select count(*) from runs").fetchone() == (0,)
        assert connection.execute("select count(*) from alembic_version").fetchone() == (1,)


def test_tables_that_are_there_stay(folder):
    (folder / "mlflow.db").write_bytes(b"a database in use")

    databases.make_mlflow()

    assert (folder / "mlflow.db").read_bytes() == b"a database in use"
