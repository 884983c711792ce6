"""An Airflow of the tests' own: its folder, its database, the fake launcher and its image."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
DAGS = TESTS.parent
REPOSITORY = DAGS.parent
FAKE_IMAGE = "propensity-fake"

home = tempfile.TemporaryDirectory(prefix="propensity-airflow-")
bundle = "airflow.dag_processing.bundles.local.LocalDagBundle"
os.environ |= {
    "AIRFLOW_HOME": home.name,
    "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
    "AIRFLOW__CORE__UNIT_TEST_MODE": "False",
    "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
    "AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_CONFIG_LIST": json.dumps(
        [
            {"name": "dags", "classpath": bundle, "kwargs": {"path": str(DAGS)}},
            {"name": "behaviours", "classpath": bundle, "kwargs": {"path": str(TESTS / "behaviours")}},
        ]
    ),
    "PROPENSITY_IMAGE": FAKE_IMAGE,
    "PROPENSITY_LAUNCHER": str(TESTS / "fake" / "propensity"),
    "PROPENSITY_POOL": "default_pool",
    "PROPENSITY_STORE": "s3://test/artifacts",
    "PYTHONPATH": str(DAGS),
}
sys.path.insert(0, str(DAGS))
# The stack's code and what its tests know of the machine; the name conftest stays this file's.
sys.path += [str(REPOSITORY / "airflow"), str(REPOSITORY / "airflow" / "tests")]


@pytest.fixture(scope="session")
def database():
    """Airflow's database, in the tests' own folder."""
    airflow = Path(sys.executable).with_name("airflow")
    subprocess.run([airflow, "db", "migrate"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.fixture(scope="session")
def engine():
    """A Docker Engine with the fake image. Without one the test is skipped, but not in CI."""
    import machine

    client = machine.engine()
    if client is None:
        pytest.skip("no Docker Engine answers")
    client.images.build(path=str(TESTS / "fake"), tag=FAKE_IMAGE, buildargs={"BASE_IMAGE": base_image(client)})
    return client


def base_image(client) -> str:
    """The image that the fake stands on, made from Debian's packages where there is none."""
    name = os.environ.get("PROPENSITY_BASE_IMAGE", "propensity-base")
    if not client.images.list(name):
        subprocess.run([REPOSITORY / "airflow" / "image" / "base", name], check=True)
    return name


@pytest.fixture(scope="session")
def bag(database):
    """All DAGs, the project's and the tests'."""
    from airflow.dag_processing.dagbag import DagBag

    dags = {}
    for folder in (DAGS, TESTS / "behaviours"):
        found = DagBag(str(folder))
        assert not found.import_errors
        dags |= found.dags
    return dags
