from __future__ import annotations

import io
import json
import os
import stat

import pytest
from moto import mock_aws

from cloud import infrastructure
from cloud.account import Account
from cloud.failure import Failure

STATE = "propensity-dev-state-123456789012"


@pytest.fixture(autouse=True)
def dev(monkeypatch, tmp_path):
    """A make for dev, with credentials of the example account and no person to ask."""
    settings = {"STAGE": "dev", "ACCOUNT": "123456789012", "REGION": "eu-west-1", "PROPENSITY_STATE": str(tmp_path)}
    settings |= {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    for name in ("AWS_ENDPOINT_URL", "DATASET", "DATA", "IMAGE", "TF_VAR_image", "YES", "TERRAFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    with mock_aws():
        yield


def make_bucket():
    place = {"LocationConstraint": "eu-west-1"}
    Account("dev", "123456789012", "eu-west-1").client("s3").create_bucket(
        Bucket=STATE, CreateBucketConfiguration=place
    )


@pytest.fixture
def terraform(tmp_path, monkeypatch):
    """A Terraform that says its version and notes what else it is asked."""

    def install(version: str):
        file = tmp_path / "terraform"
        said = json.dumps({"terraform_version": version})
        planned = json.dumps({"resource_changes": [{"address": "a_bucket.this", "change": {"actions": ["create"]}}]})
        file.write_text(f"""#!/bin/sh
echo "$@" >> {tmp_path}/asked
case "$*" in
  *version*) echo '{said}';;
  *output*) echo '{{}}';;
  *plan*-out=*) touch {tmp_path}/cloud/dev/dev/plan; echo all of the plan;;
  *show*-json*) echo '{planned}';;
esac
""")
        file.chmod(file.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("TERRAFORM", str(file))
        return lambda: (tmp_path / "asked").read_text()

    return install


def test_says_where_terraform_is_to_be_had(monkeypatch, tmp_path):
    make_bucket()
    monkeypatch.setenv("TERRAFORM", str(tmp_path / "none"))
    with pytest.raises(Failure, match=r"missing: Terraform 1.10 or newer as .*none") as failure:
        infrastructure.infra_plan()
    assert failure.value.code == 2


def test_refuses_a_terraform_that_cannot_lock(terraform):
    make_bucket()
    terraform("1.9.8")
    with pytest.raises(Failure, match=r"Terraform 1.9.8 is too old: 1.10 or newer is needed"):
        infrastructure.infra_plan()


def test_plans_nothing_for_the_account_of_others(terraform, monkeypatch, tmp_path):
    terraform("1.11.4")
    monkeypatch.setenv("ACCOUNT", "210987654321")
    with pytest.raises(Failure, match="credentials are of account 123456789012"):
        infrastructure.infra_plan()
    assert not (tmp_path / "asked").exists()


def test_says_how_to_make_the_bucket_of_the_state(terraform):
    terraform("1.11.4")
    with pytest.raises(Failure, match=f"no bucket {STATE} for the state of dev: make infra-bootstrap STAGE=dev"):
        infrastructure.infra_plan()


def test_applies_only_what_was_planned(terraform):
    make_bucket()
    asked = terraform("1.11.4")
    with pytest.raises(Failure, match="there is no plan for dev: make infra-plan STAGE=dev") as failure:
        infrastructure.infra_apply()
    assert failure.value.code == 2

    infrastructure.infra_plan()
    infrastructure.infra_apply()
    plan = f"{os.environ['PROPENSITY_STATE']}/cloud/dev/dev/plan"
    assert f"apply -no-color {plan}" in asked()
    with pytest.raises(Failure, match="there is no plan"):
        infrastructure.infra_apply()


def test_makes_nothing_that_nobody_agreed_to(terraform):
    asked = terraform("1.11.4")
    with pytest.raises(Failure, match="nothing was changed") as failure:
        infrastructure.create_dev_setup()
    assert failure.value.code == 1
    assert "apply" not in asked()

    make_bucket()
    with pytest.raises(Failure, match="nothing was changed"):
        infrastructure.create_dev_setup()
    assert "plan" in asked() and "apply" not in asked()


def test_tells_what_a_stage_would_be_in_few_lines_before_it_asks(terraform, monkeypatch, capfd):
    make_bucket()
    terraform("1.11.4")
    questions = []
    monkeypatch.setattr("builtins.input", lambda question: questions.append(capfd.readouterr().out) or "n")
    with pytest.raises(Failure, match="nothing was changed"):
        infrastructure.create_dev_setup()
    assert questions == [
        "what Terraform would do in account 123456789012, eu-west-1:\n"
        "  create  a_bucket.this\n"
        "1 to create\n"
        "the whole plan: less build/plan-dev.txt\n"
    ]

    infrastructure.infra_plan()
    assert capfd.readouterr().out.startswith("all of the plan\n")


def test_destroys_nothing_that_nobody_agreed_to(terraform):
    make_bucket()
    asked = terraform("1.11.4")
    with pytest.raises(Failure, match="nothing was changed"):
        infrastructure.infra_destroy()
    assert "plan -no-color -destroy" in asked() and "-auto-approve" not in asked()


def test_looks_for_the_rows_before_it_makes_anything(terraform, monkeypatch, tmp_path):
    terraform("1.11.4")
    monkeypatch.setenv("DATA", str(tmp_path / "absent.csv"))
    with pytest.raises(Failure, match="no such file"):
        infrastructure.create_dev_setup()
    assert not (tmp_path / "asked").exists()


def test_refuses_an_image_by_its_tag(terraform, monkeypatch):
    make_bucket()
    terraform("1.11.4")
    monkeypatch.setenv("IMAGE", "propensity:latest")
    with pytest.raises(Failure, match=r"IMAGE=propensity:latest: must be an image by its digest"):
        infrastructure.infra_plan()


def test_says_that_nothing_was_applied_yet(terraform):
    make_bucket()
    terraform("1.11.4")
    with pytest.raises(Failure, match="nothing was applied to dev yet: make infra-plan STAGE=dev"):
        infrastructure.infra_output()
