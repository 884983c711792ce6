"""The provider package: its wheel, and what Airflow reads about it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from zipfile import ZipFile

import jsonschema
import pytest
from conftest import PROVIDER, REPOSITORY

import propensity
from propensity.get_provider_info import get_provider_info


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


def test_the_provider_is_described_as_airflow_requires():
    schema = json.loads(files("airflow").joinpath("provider_info.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(get_provider_info(), schema)
