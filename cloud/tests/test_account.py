from __future__ import annotations

from dataclasses import replace

import boto3
import pytest
from samples import DEV

from cloud.account import account, verified_account
from stack.failure import Failure


def test_names_its_buckets_by_stage_and_account():
    assert account(DEV).bucket == "propensity-dev-123456789012"
    assert account(DEV).state_bucket == "propensity-dev-state-123456789012"


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("account", "12345", "'12345' must be twelve digits"),
        ("region", "Ireland", "'Ireland' must be one such as eu-west-1"),
    ],
)
def test_rejects_invalid_values(name, value, said):
    with pytest.raises(Failure, match=said) as failure:
        account(replace(DEV, **{name: value}))
    assert failure.value.code == 2


def test_reports_in_one_line_that_there_are_no_credentials(monkeypatch, tmp_path):
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE", "AWS_ENDPOINT_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    with pytest.raises(Failure, match="no AWS credentials were found") as failure:
        verified_account(DEV)
    assert failure.value.code == 2


def test_names_a_profile_that_is_not_there(monkeypatch, tmp_path):
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
    monkeypatch.setenv("AWS_PROFILE", "nope")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    with pytest.raises(Failure, match=r"AWS_PROFILE=nope is not in .*none: aws configure list-profiles") as failure:
        verified_account(DEV)
    assert failure.value.code == 2
