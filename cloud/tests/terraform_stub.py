"""A stage dev of an account in memory, and a Terraform that does nothing but say what a test has it say."""

from __future__ import annotations

import contextlib
import io
import json
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from moto import mock_aws

from cloud.account import Account

STATE = "propensity-dev-state-123456789012"
CREATES = {"resource_changes": [{"address": "a_bucket.this", "change": {"actions": ["create"]}}]}


@contextlib.contextmanager
def dev(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Iterator[None]:
    """Credentials of the example account and no person to ask; keeps its plans in the folder."""
    settings = {"PROPENSITY_STATE": str(folder)}
    settings |= {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    for name in ("AWS_ENDPOINT_URL", "TF_VAR_image", "TERRAFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    with mock_aws():
        yield


def make_bucket(name: str = STATE):
    """Makes a bucket, that of the stage's state unless another is named; its client."""
    place = {"LocationConstraint": "eu-west-1"}
    s3 = Account("dev", "123456789012", "eu-west-1").client("s3")
    s3.create_bucket(Bucket=name, CreateBucketConfiguration=place)
    return s3


def install(
    monkeypatch: pytest.MonkeyPatch, folder: Path, version: str, planned: dict | None = None
) -> Callable[[], str]:
    """A Terraform of this version, whose plan is to create a bucket unless another is given; tells what it is asked."""
    file = folder / "terraform"
    said = json.dumps({"terraform_version": version})
    file.write_text(f"""#!/bin/sh
echo "$@" >> {folder}/asked
case "$*" in
  *version*) echo '{said}';;
  *output*) echo '{{}}';;
  *plan*-out=*) touch {folder}/cloud/dev/dev/plan; echo all of the plan;;
  *show*-json*) echo '{json.dumps(planned or CREATES)}';;
  *show*) echo the plan as a text;;
esac
""")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("TERRAFORM", str(file))
    return lambda: (folder / "asked").read_text()
