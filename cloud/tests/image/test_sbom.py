from __future__ import annotations

import json
import os
from pathlib import Path

import docker
import pytest
from docker.errors import DockerException

from cloud.image import sbom
from stack.failure import Failure


def test_a_bill_has_no_time_and_a_number_that_follows_from_its_content():
    one = {"metadata": {"timestamp": "2026-01-01", "component": {"name": "a"}}, "serialNumber": "urn:uuid:1"}
    two = {"metadata": {"timestamp": "2026-01-02", "component": {"name": "a"}}, "serialNumber": "urn:uuid:2"}
    other = {"metadata": {"component": {"name": "b"}}}

    assert sbom.reproducible(one) == sbom.reproducible(two)
    assert sbom.reproducible(one)["serialNumber"] != sbom.reproducible(other)["serialNumber"]
    assert sbom.reproducible(one)["serialNumber"].startswith("urn:uuid:")


@pytest.fixture
def image():
    """The task image, where it was built."""
    try:
        docker.from_env().images.get("propensity")
    except DockerException:
        pytest.skip("no task image was built")


@pytest.mark.aws
def test_lists_each_package_and_jar_the_same_twice(image, tmp_path, monkeypatch, capsys):
    if not Path(os.environ.get("PROPENSITY_ENVIRONMENTS", ""), "sbom/bin/syft").exists():
        pytest.skip("make environments brings Syft")
    monkeypatch.setattr(sbom, "PROJECT", tmp_path)
    written = []
    for name in ("one", "two"):
        monkeypatch.setattr(sbom, "FILE", tmp_path / name)
        sbom.sbom()
        written.append((tmp_path / name).read_bytes())

    assert written[0] == written[1]
    bill = json.loads(written[0])
    names = {component["name"] for component in bill["components"]}
    assert {"xgboost4j_2.12", "picocli", "libgomp1"} <= names
    assert (bill["bomFormat"], bill["serialNumber"][:9]) == ("CycloneDX", "urn:uuid:")
    assert capsys.readouterr().out.startswith(f"one: {len(bill['components'])} components\n")


def test_reports_that_the_image_must_be_built_first():
    try:
        docker.from_env().ping()
    except DockerException:
        pytest.skip("no Docker Engine responds")
    with pytest.raises(Failure, match="there is no image propensity-no-such-image: make image"):
        sbom.sbom("propensity-no-such-image")
