"""Runs of a dataset's DAGs whose jars have the results that a test chooses."""

from __future__ import annotations

import json
import shutil
import uuid

from conftest import DAGS, TESTS
from sqlalchemy import select

TASKS = (
    "download",
    "preprocess",
    "train",
    "evaluate",
    "register",
    "deploy",
    "predict",
    "collect",
    "monitor",
    "outcomes",
    "performance",
)


class Canned:
    """A dataset of its own name, so that no test sees the events of another."""

    def __init__(self, folder, monkeypatch):
        self.name = f"shop{uuid.uuid4().hex[:8]}"
        self.folder = folder
        datasets = folder / "datasets"
        datasets.mkdir()
        self.file = datasets / f"{self.name}.yaml"
        self.describe()
        self.launcher = shutil.copy(TESTS / "fake" / "canned", folder / "canned")
        for task in TASKS:
            self.result(task)
        monkeypatch.setenv("PROPENSITY_DATASETS", str(datasets))
        monkeypatch.setenv("PROPENSITY_LAUNCHER", str(self.launcher))
        monkeypatch.setenv("PROPENSITY_RUNNER", "process")

    def describe(self, more: str = "") -> None:
        """Writes the dataset's file."""
        self.file.write_text(f"name: {self.name}\ntitle: Who buys?\nsource: s3://b/rows.csv\n{more}", encoding="utf-8")

    def result(self, task: str, exit_code: int = 0, **details) -> None:
        """The result of a task from now on."""
        result = {"status": "done", "uri": f"s3://test/{task}", "name": self.name} | details
        (self.folder / f"{task}.json").write_text(json.dumps(result), encoding="utf-8")
        (self.folder / f"{task}.exit").write_text(str(exit_code), encoding="utf-8")

    def live(self, version: int, **details) -> None:
        """From now on deploy finds this version live."""
        live = {"version": version, "model": f"s3://test/train/{version}", "uri": f"s3://test/releases/{version}"}
        self.result("deploy", **live | {"metrics": {"auc": 0.86, "rows": 100, "brier": 0.1}} | details)

    def dag(self, kind: str):
        """The dataset's DAG of this kind."""
        from airflow_versions import DagBag

        found = DagBag(str(DAGS))
        assert not found.import_errors
        return found.dags[f"{self.name}_{kind}"]

    def run(self, kind: str = "training", **conf):
        """Runs the DAG; its task instances by name."""
        run = self.dag(kind).test(run_conf=conf)
        return {instance.task_id: instance for instance in run.get_task_instances()}

    def events(self, asset) -> list:
        """The events of an asset, the first one first."""
        from airflow.models.asset import AssetEvent, AssetModel
        from airflow.utils.session import create_session

        with create_session() as session:
            found = session.scalars(
                select(AssetEvent)
                .join(AssetModel, AssetModel.id == AssetEvent.asset_id)
                .where(AssetModel.uri == asset.uri)
                .order_by(AssetEvent.id)
            ).all()
            session.expunge_all()
        return found
