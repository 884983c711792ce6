"""Secrets in the environment of the commands for AWS, and in everything that these leave behind or print."""

from __future__ import annotations

import contextlib
import os
import secrets
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from samples import DEV, TINY

from account.server import SimulatedAccount
from account.settings import SimulatedSettings
from cloud.account import verified_account
from cloud.deployment.deploying import LAUNCHER
from cloud.provisioning import infrastructure
from cloud.rows_file import Rows
from cloud.stage import PROJECT

NAMES = (
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "DOCKERHUB_TOKEN",
    "KAGGLE_KEY",
    "MLFLOW_TRACKING_PASSWORD",
    "PROPENSITY_API_KEYS",
    "PROPENSITY_CAPTURE_KEY",
    "PROPENSITY_OUTCOMES_KEYS",
)
PLANTED = {name: secrets.token_hex(20) for name in NAMES}

pytestmark = pytest.mark.aws


@pytest.fixture(scope="module")
def empty():
    """An account with nothing in it."""
    with SimulatedAccount(SimulatedSettings(image=TINY)) as one:
        yield one


@pytest.fixture(autouse=True)
def planted(monkeypatch, empty, tmp_path):
    settings = empty.environment() | {"PROPENSITY_STATE": str(tmp_path)}
    settings |= {"TERRAFORM": str(Path(__file__).parent / "account" / "terraform")}
    settings |= PLANTED | {"PROPENSITY_STORE": "s3://propensity-dev-123456789012/store"}
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("TF_VAR_image", raising=False)


def holding(content: bytes) -> list[str]:
    return [name for name, value in PLANTED.items() if value.encode() in content]


def test_neither_a_plan_nor_the_state_nor_what_terraform_keeps_holds_one(empty, tmp_path, capfd):
    infrastructure.create_dev_setup(DEV, Rows(), confirmed=True)
    infrastructure.infra_plan(DEV)
    root = infrastructure.root(verified_account(DEV))
    plan = root.capture("show", "-json", str(root.plan))
    assert '"planned_values"' in plan
    assert not holding(plan.encode())

    s3 = empty.client("s3")
    kept = s3.list_object_versions(Bucket="propensity-dev-state-123456789012")["Versions"]
    assert kept
    for each in kept:
        state = s3.get_object(Bucket="propensity-dev-state-123456789012", Key=each["Key"], VersionId=each["VersionId"])
        assert not holding(state["Body"].read()), each
    files = [file for file in tmp_path.rglob("*") if file.is_file() and not file.is_symlink()]
    assert {"plan", "plan.txt"} <= {file.name for file in files}
    assert {str(file): names for file in files if (names := holding(file.read_bytes()))} == {}

    infrastructure.infra_output(DEV)
    assert not holding("".join(capfd.readouterr()).encode())


@pytest.mark.parametrize(
    "words",
    [
        ["download", "--source=kaggle:insurance", f"--dataset={PROJECT / 'datasets' / 'insurance.yaml'}"],
        ["history", "--name=insurance"],
        ["teardown", "--stage=dev", "--with-registry"],
        ["verify", "--uri=s3://no-such-bucket/a"],
        ["train", "--no-such-option"],
    ],
)
def test_no_task_prints_one_or_puts_it_into_its_result(words, tmp_path):
    environment = os.environ | {"MLFLOW_TRACKING_URI": "http://127.0.0.1:9", "KAGGLE_USERNAME": "somebody"}
    result = tmp_path / "result.json"
    done = subprocess.run(
        [LAUNCHER, *words, f"--result={result}"], env=environment, capture_output=True, timeout=120, check=False
    )
    assert done.stderr
    assert not holding(done.stdout + done.stderr + (result.read_bytes() if result.exists() else b""))


def test_a_server_logs_no_key_neither_its_own_nor_a_wrong_one(tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = tmp_path / "log"
    with log.open("wb") as file:
        server = subprocess.Popen([LAUNCHER, "serve", "--name=insurance", f"--port={port}"], stdout=file, stderr=file)
    try:
        for key, code in (("wrong-" + PLANTED["KAGGLE_KEY"], 401), (PLANTED["PROPENSITY_API_KEYS"], 503)):
            assert answer(f"http://127.0.0.1:{port}/api/v1/model?key={key}", key) == code
    finally:
        server.terminate()
        server.wait(30)
    said = log.read_bytes()
    assert b"/api/v1/model" in said
    assert not holding(said)


def answer(url: str, key: str) -> int:
    until = time.monotonic() + 60
    while True:
        with contextlib.suppress(ConnectionError, urllib.error.URLError):
            try:
                request = urllib.request.Request(url, headers={"X-API-Key": key})
                return urllib.request.urlopen(request, timeout=10).status
            except urllib.error.HTTPError as error:
                return error.code
        assert time.monotonic() < until, "the server never answered"
        time.sleep(0.3)
