"""The provider package: its wheel, and what Airflow reads about it."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from importlib import import_module, resources
from pathlib import Path
from pkgutil import walk_packages
from urllib.request import urlopen
from zipfile import ZipFile

import jsonschema
import pytest
from airflow.sdk import BaseNotifier, BaseOperatorLink
from conftest import PROVIDER, REPOSITORY, soon
from machine import free_ports
from plain_airflow import link_required

import propensity
from propensity.get_provider_info import get_provider_info
from stack.servers import ports, s3proxy

JARS = REPOSITORY / "build" / "jars"
LAUNCHER = REPOSITORY / "airflow" / "image" / "propensity"
STORE = "s3://models/store"
OTHER_RUNNER = """
from airflow.sdk import DAG
from propensity.jar_task import jar_task

with DAG("other"):
    jar_task("download", runner="docker")
"""


def build(project: Path) -> Path:
    """Builds the wheel of a checkout."""
    printed = subprocess.run(
        [project / "airflow" / "package", sys.executable], check=True, capture_output=True, text=True
    )
    return project / printed.stdout.strip()


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A copy of what the wheel is built from, in another folder and with other times and permissions."""
    folder = tmp_path_factory.mktemp("checkout")
    (folder / "airflow").mkdir()
    shutil.copy(REPOSITORY / "airflow" / "package", folder / "airflow")
    ignored = shutil.ignore_patterns("tests", "__pycache__")
    shutil.copytree(PROVIDER, folder / "provider", ignore=ignored, copy_function=shutil.copyfile)
    return folder


@pytest.fixture(scope="module")
def wheel(checkout):
    return build(checkout)


def test_the_same_sources_give_the_same_bytes(wheel, checkout):
    first = wheel.read_bytes()
    for file in (checkout / "provider").rglob("*.*"):
        file.chmod(0o600)
        file.touch()
    assert build(checkout).read_bytes() == first


def test_the_wheel_has_all_files_of_the_package_its_license_and_its_page(wheel):
    version = re.search("<version>(.+?)</version>", (REPOSITORY / "pom.xml").read_text(encoding="utf-8")).group(1)
    assert wheel.name == f"airflow_provider_propensity-{version}-py3-none-any.whl"
    with ZipFile(wheel) as archive:
        names = set(archive.namelist())
        info = f"airflow_provider_propensity-{version}.dist-info"
        page = (PROVIDER / "README.md").read_text(encoding="utf-8")
        assert archive.read(f"{info}/licenses/LICENSE") == (REPOSITORY / "LICENSE").read_bytes()
        assert archive.read(f"{info}/METADATA").decode().partition("\n\n")[2].strip() == page.strip()
    found = (file for file in (PROVIDER / "propensity").rglob("*.*") if file.suffix != ".pyc")
    assert {str(file.relative_to(PROVIDER)) for file in found} == {name for name in names if info not in name}


def test_the_version_is_the_projects(wheel):
    assert f"-{propensity.__version__}-" in wheel.name
    assert get_provider_info()["versions"] == [propensity.__version__]


def test_this_airflow_has_what_each_module_imports():
    names = [module.name for module in walk_packages(propensity.__path__, "propensity.")]
    assert {"propensity.hooks", "propensity.runners.ecs_runner"} <= set(names)
    for name in names:
        import_module(name)


def test_the_provider_is_described_as_airflow_requires():
    info = get_provider_info()
    schema = json.loads(resources.files("airflow").joinpath("provider_info.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(info, schema)
    assert set(info) <= set(schema["properties"]) | {"versions"}
    listed = {name for kind in ("operators", "triggers") for name in info[kind][0]["python-modules"]}
    files = [*PROVIDER.glob("propensity/runners/*_runner.py"), *PROVIDER.glob("propensity/triggers/[a-z]*.py")]
    assert listed == {f"propensity.{file.parent.name}.{file.stem}" for file in files}
    for name in info["notifications"]:
        module, _, notifier = name.rpartition(".")
        assert issubclass(getattr(import_module(module), notifier), BaseNotifier)
    for name in info["extra-links"]:
        module, _, link = name.rpartition(".")
        assert issubclass(getattr(import_module(module), link), BaseOperatorLink)
    for kind in info["connection-types"]:
        module, _, name = kind["hook-class-name"].rpartition(".")
        assert getattr(import_module(module), name).conn_type == kind["connection-type"]


@pytest.fixture
def s3(tmp_path):
    """An S3 server with the bucket ``models``: its address, and its folder."""
    (tmp_path / "s3" / "models").mkdir(parents=True)
    [port] = free_ports(1)
    url = f"http://127.0.0.1:{port}"
    (tmp_path / "s3.properties").write_text(s3proxy.properties(url, tmp_path / "s3", "key", "secret"))
    words = s3proxy.command(tmp_path / "s3.properties")
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        soon(lambda: ports.is_taken(port))
        yield url, tmp_path / "s3" / "models"
        server.kill()


@pytest.fixture
def endpoint(s3):
    """The address of a server for the models of synthetic rows, which follows the release ledger."""
    [port] = free_ports(1)
    words = [LAUNCHER, "serve", "--name=insurance-synthetic", "--host=127.0.0.1", f"--port={port}"]
    environment = os.environ | {
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_ENDPOINT_URL_S3": s3[0],
        "AWS_REGION": "us-east-1",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "PROPENSITY_JARS": str(JARS),
        "PROPENSITY_STORE": STORE,
    }
    with subprocess.Popen(words, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        soon(lambda: ports.is_taken(port))
        yield f"http://127.0.0.1:{port}"
        server.kill()


@pytest.fixture
def packages(wheel, tmp_path):
    """The folder of packages of a new virtual environment, which has the wheel and what it requires."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "environment"], check=True)
    python = tmp_path / "environment" / "bin" / "python"
    uv = Path(sys.prefix).parent / "uv" / "bin" / "uv"
    subprocess.run([uv, "pip", "install", "--quiet", "--offline", "--no-deps", "--python", python, wheel], check=True)
    [packages] = (tmp_path / "environment" / "lib").glob("python*/site-packages")
    link_required("airflow-provider-propensity", packages)
    return packages


def test_an_airflow_with_the_bare_wheel_trains_by_a_folder_of_files_and_two_lines(packages, s3, endpoint, tmp_path):
    for name in ("airflow/providers/amazon", "airflow/providers/cncf", "airflow/providers/docker", "boto3", "docker"):
        assert not (packages / name).exists()
    url, bucket = s3
    for name in ("dags", "datasets"):
        (tmp_path / name).mkdir()
    page = (PROVIDER / "README.md").read_text(encoding="utf-8")
    [lines] = re.findall("^```python\n(.+?)^```", page, re.MULTILINE | re.DOTALL)
    (tmp_path / "dags" / "models.py").write_text(lines.replace("/opt/airflow/datasets", str(tmp_path / "datasets")))
    (tmp_path / "dags" / "other.py").write_text(OTHER_RUNNER)
    shutil.copy(REPOSITORY / "datasets" / "insurance.yaml", tmp_path / "datasets")
    extra = {"region_name": "us-east-1", "endpoint_url": url}
    connection = {"conn_type": "aws", "login": "key", "password": "secret", "extra": extra}
    environment = {name: value for name, value in os.environ.items() if name in ("HOME", "JAVA_HOME", "LANG", "PATH")}
    environment |= {
        "AIRFLOW_CONN_MY_AWS_CONN": json.dumps(connection),
        "AIRFLOW_HOME": str(tmp_path),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
        "AIRFLOW_VAR_PROPENSITY_ENDPOINTS": json.dumps({"insurance-synthetic": endpoint}),
        "AIRFLOW__PROPENSITY__JARS": str(JARS),
        "AIRFLOW__PROPENSITY__LAUNCHER": str(LAUNCHER),
        "AIRFLOW__PROPENSITY__POOL": "default_pool",
        "AIRFLOW__PROPENSITY__RUNNER": "process",
        "AIRFLOW__PROPENSITY__STORE": STORE,
    }

    def airflow(*words: str) -> str:
        command = [tmp_path / "environment" / "bin" / "python", "-m", "airflow", *words]
        done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
        return done.stdout + done.stderr

    listed = airflow("providers", "list")
    assert "airflow-provider-propensity" in listed
    airflow("db", "migrate")
    airflow("dags", "reserialize")
    with sqlite3.connect(tmp_path / "airflow.db") as database:
        dags = {dag for (dag,) in database.execute("select dag_id from dag")}
        [(error,)] = database.execute("select stacktrace from import_error")
    assert dags == {f"insurance_{kind}" for kind in ("training", "experiment", "prediction", "monitoring")}
    assert "the runner docker needs packages" in error
    assert "pip install 'airflow-provider-propensity[docker]'" in error
    (tmp_path / "dags" / "other.py").unlink()
    printed = airflow("dags", "test", "insurance_training", "--conf", '{"source": "synthetic:20000"}')

    assert "state=success" in printed.partition("DagRun Finished")[2]
    assert "No module named" not in listed + printed
    [entry] = (bucket / "store" / "insurance-synthetic" / "releases").glob("*.json")
    with urlopen(f"{endpoint}/api/v1/model") as response:  # what the ledger names is what is served
        assert json.load(response)["version"] == 1
    assert entry.name == "000001.json"
