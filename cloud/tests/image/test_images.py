from __future__ import annotations

import io
import json
import subprocess
import tarfile

import boto3
import docker
import pytest
import registry
import requests
from docker.errors import DockerException
from moto import mock_aws
from samples import DEV

from cloud.account import Target
from cloud.image import images, scanning
from stack.failure import Failure

IMAGE = "propensity-images-test"


@pytest.fixture(autouse=True)
def dev(monkeypatch):
    for name, value in {
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
    }.items():
        monkeypatch.setenv(name, value)
    for name in ("AWS_ENDPOINT_URL", "PROPENSITY_REGISTRY", "GITHUB_OUTPUT", *(images.registries.DOCKER_HUB)):
        monkeypatch.delenv(name, raising=False)
    # Docker's socket is reached by requests, too, and is not simulated.
    with mock_aws(config={"core": {"passthrough": {"urls": [r"http\+docker.*", r"http://127\.0\.0\.1.*"]}}}):
        yield


@pytest.fixture
def ecr():
    client = boto3.client("ecr", region_name="eu-west-1")
    client.create_repository(repositoryName="propensity-dev", imageTagMutability="IMMUTABLE")
    return client


@pytest.fixture(scope="module")
def engine():
    try:
        client = docker.from_env()
    except DockerException:
        pytest.skip("no Docker Engine responds")
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w") as tar:
        tar.addfile(tarfile.TarInfo("a file"))
    client.api.import_image_from_data(content.getvalue(), repository=IMAGE, tag="latest")
    yield client
    for tag in client.images.get(IMAGE).tags:
        client.images.remove(tag)


@pytest.fixture
def host(tmp_path, monkeypatch):
    if registry.program() is None:
        pytest.skip("there is no docker-registry: .ci/registry brings it")
    with registry.running(tmp_path) as address:
        monkeypatch.setenv("PROPENSITY_REGISTRY", address)
        yield address


def tags(host: str, repository: str) -> list[str]:
    listed = requests.get(f"http://{host}/v2/{repository}/tags/list", auth=("AWS", registry.PASSWORD), timeout=10)
    return listed.json().get("tags", [])


def test_pushes_to_the_stages_repository_and_prints_the_digest(ecr, engine, host, capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("GITHUB_OUTPUT", str(tmp_path / "output"))

    images.image_push(DEV, IMAGE, "1.0")

    uri = capsys.readouterr().out.splitlines()[-1]
    repository, _, digest = uri.partition("@")
    assert repository == f"{host}/propensity-dev"
    pulled = engine.images.pull(uri, auth_config={"username": "AWS", "password": registry.PASSWORD})
    assert pulled.id == engine.images.get(IMAGE).id
    assert tags(host, "propensity-dev") == ["1.0"]
    assert (tmp_path / "output").read_text().splitlines() == [
        f"repository={repository}",
        f"digest={digest}",
        f"image={uri}",
        "pushed=true",
    ]


def test_leaves_a_version_alone_that_is_there(ecr, engine, host, capsys, tmp_path, monkeypatch):
    images.image_push(DEV, IMAGE, "1.0")
    first = capsys.readouterr().out.splitlines()[-1]
    monkeypatch.setenv("GITHUB_OUTPUT", str(tmp_path / "output"))

    images.image_push(DEV, IMAGE, "1.0")

    said = capsys.readouterr().out.splitlines()
    assert said[0] == f"{host}/propensity-dev:1.0 already exists"
    assert said[-1] == first
    assert "pushed=false" in (tmp_path / "output").read_text().splitlines()


def test_pushes_to_docker_hub_where_its_secrets_are_set(ecr, engine, host, monkeypatch):
    monkeypatch.setenv("DOCKERHUB_REPOSITORY", f"{host}/owner/propensity")
    monkeypatch.setenv("DOCKERHUB_USERNAME", "AWS")
    monkeypatch.setenv("DOCKERHUB_TOKEN", registry.PASSWORD)

    images.image_push(DEV, IMAGE, "1.0")

    assert tags(host, "owner/propensity") == ["1.0"]


def test_fails_in_one_line_where_docker_hub_rejects_the_token(ecr, engine, host, monkeypatch):
    monkeypatch.setenv("DOCKERHUB_REPOSITORY", f"{host}/owner/propensity")
    monkeypatch.setenv("DOCKERHUB_USERNAME", "AWS")
    monkeypatch.setenv("DOCKERHUB_TOKEN", "expired-token")

    with pytest.raises(Failure, match=r"owner/propensity:1\.0 cannot be pushed: unauthorized") as failure:
        images.image_push(DEV, IMAGE, "1.0")

    assert failure.value.code == 1
    assert "expired-token" not in str(failure.value)


def test_requires_all_of_docker_hubs_settings_before_anything_is_pushed(monkeypatch):
    monkeypatch.setenv("DOCKERHUB_REPOSITORY", "owner/propensity")

    with pytest.raises(Failure, match="DOCKERHUB_USERNAME and DOCKERHUB_TOKEN missing"):
        images.image_push(DEV, IMAGE, "1.0")


def test_reports_how_to_create_the_repository_where_there_is_none(engine):
    with pytest.raises(
        Failure, match="no image repository propensity-dev: dev does not exist yet: make create_dev_setup STAGE=dev"
    ):
        images.image_push(DEV, IMAGE, "1.0")


@pytest.mark.parametrize("version", ["latest", "a b", "-x", "x" * 129])
def test_rejects_an_invalid_version(version):
    with pytest.raises(Failure, match="not latest"):
        images.version(version)


def test_a_version_is_the_commit_and_not_of_a_changed_tree(tmp_path, monkeypatch):
    monkeypatch.setattr(images, "PROJECT", tmp_path)
    git = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", "-C", str(tmp_path)]
    with pytest.raises(Failure, match="cannot be read from git"):
        images.version(None)
    subprocess.run([*git, "init", "--quiet"], check=True)
    (tmp_path / "file").write_text("one")
    subprocess.run([*git, "add", "file"], check=True)
    subprocess.run([*git, "commit", "--quiet", "--message", "One"], check=True)
    commit = subprocess.run([*git, "rev-parse", "HEAD"], check=True, capture_output=True, text=True).stdout

    assert images.version(None) == commit[:12]

    (tmp_path / "file").write_text("two")
    with pytest.raises(Failure, match="uncommitted changes"):
        images.version(None)


@pytest.fixture
def scanned(ecr):
    """A pushed image in which moto's ECR finds one vulnerability, of severity high."""
    manifest = json.dumps({"schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json", "layers": []})
    image = ecr.put_image(repositoryName="propensity-dev", imageManifest=manifest, imageTag="1.0")["image"]["imageId"]
    ecr.start_image_scan(repositoryName="propensity-dev", imageId=image)


@pytest.mark.parametrize(("severity", "grave", "code"), [("high", 1, 1), ("critical", 0, 0)])
def test_reports_what_the_registry_found_in_a_pushed_image(scanned, severity, grave, code, capsys):
    assert scanning.image_scan(DEV, named="1.0", severity=severity) == code
    said = f"propensity-dev:1.0: 1 finding, {grave} of severity {severity} or higher"
    assert capsys.readouterr().out.splitlines()[-1] == said


def test_reports_which_image_is_to_be_pushed_before_its_scan_is_shown(ecr):
    with pytest.raises(Failure) as failure:
        scanning.image_scan(DEV, named="1.0")
    assert str(failure.value) == "no image 1.0 in propensity-dev: make image-push STAGE=dev"
    assert failure.value.code == 2


def test_reports_how_to_create_the_repository_of_a_scan_where_there_is_none():
    with pytest.raises(Failure, match="no image repository propensity-dev: dev does not exist yet: make ") as failure:
        scanning.image_scan(DEV, named="1.0")
    assert failure.value.code == 2


def test_reports_how_to_get_a_scanner_where_there_is_none(monkeypatch):
    monkeypatch.setenv("GRYPE", "no-such-program")
    with pytest.raises(Failure, match="grype is not installed") as failure:
        scanning.image_scan(Target(), IMAGE)
    assert failure.value.code == 2


@pytest.mark.parametrize(("answered", "code"), [(0, 0), (2, 1)])
def test_ends_as_the_scanner_ends(answered, code, engine, tmp_path, monkeypatch):
    grype = tmp_path / "grype"
    grype.write_text(f'#!/bin/sh\necho "$@" >{tmp_path}/words\nexit {answered}\n')
    grype.chmod(0o755)
    monkeypatch.setenv("GRYPE", str(grype))

    assert scanning.image_scan(Target(), IMAGE) == code
    assert (tmp_path / "words").read_text() == f"docker:{IMAGE} --only-fixed --fail-on high\n"
