"""A stage that was created in the simulated account, and deleted completely by the real jar."""

from __future__ import annotations

from pathlib import Path

import pytest
from samples import DEV, ROLE, TINY, variant

from account.server import SimulatedAccount
from account.settings import SimulatedSettings
from cloud.deployment.deploying import LAUNCHER
from cloud.provisioning import infrastructure, teardown
from cloud.rows_file import Rows
from cloud.stage import tags

BUCKET = "propensity-dev-123456789012"
STATE = "propensity-dev-state-123456789012"
ENDPOINT = "propensity-dev-insurance"
IMAGE = f"123456789012.dkr.ecr.eu-west-1.amazonaws.com/propensity-dev@sha256:{'0' * 64}"

pytestmark = pytest.mark.aws


@pytest.fixture(scope="module")
def full():
    """An account with nothing in it but something of others."""
    with SimulatedAccount(SimulatedSettings(image=TINY, step=0.1, grace_seconds=1)) as one:
        one.client("s3").create_bucket(
            Bucket="propensity-dev-notes", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}
        )
        yield one


@pytest.fixture(autouse=True)
def dev(monkeypatch, full, tmp_path):
    if not (LAUNCHER.parents[2] / "build" / "jars" / "teardown.jar").exists():
        pytest.skip("the jars are not built: make build")
    settings = full.environment() | {"PROPENSITY_STATE": str(tmp_path)}
    settings |= {"TERRAFORM": str(Path(__file__).parents[1] / "account" / "terraform")}
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    for name in ("TF_VAR_image", "PROPENSITY_LAUNCHER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(teardown, "DELETION_MINUTES", 2)


def tagged(full) -> list[str]:
    """What bears the tags, as the tagging API lists it."""
    wanted = [{"Key": key, "Values": [value]} for key, value in tags("dev").items()]
    pages = full.client("resourcegroupstaggingapi").get_paginator("get_resources").paginate(TagFilters=wanted)
    return [each["ResourceARN"] for page in pages for each in page["ResourceTagMappingList"]]


def make_endpoint(full) -> None:
    sagemaker, name = full.client("sagemaker"), f"{ENDPOINT}-0123456789abcdef"
    pairs = [{"Key": key, "Value": value} for key, value in tags("dev").items()]
    container, fleet = {"Image": IMAGE}, variant(name) | {"InstanceType": "ml.m5.large"}
    sagemaker.create_model(ModelName=name, ExecutionRoleArn=ROLE, PrimaryContainer=container, Tags=pairs)
    sagemaker.create_endpoint_config(EndpointConfigName=name, ProductionVariants=[fleet], Tags=pairs)
    sagemaker.create_endpoint(EndpointName=ENDPOINT, EndpointConfigName=name, Tags=pairs)


def test_deletes_all_of_a_stage_and_nothing_of_others(full, monkeypatch, capfd):
    infrastructure.create_dev_setup(DEV, Rows(), confirmed=True)
    make_endpoint(full)
    s3 = full.client("s3")
    for _ in range(2):
        s3.put_object(Bucket=BUCKET, Key="store/insurance/a", Body=b"a")
    assert len(tagged(full)) > 5

    monkeypatch.setattr("builtins.input", lambda question: "n")
    assert teardown.delete_resources(DEV) == 0
    said = capfd.readouterr().out
    assert "cost of keeping all this: about $" in said
    assert f"{ENDPOINT}, " in said and "1 × ml.m5.large, $83.95 a month" in said
    assert "propensity-dev-notes has no tag propensity:environment" in said

    assert teardown.delete_resources(DEV, confirmed=True) == 0
    said = capfd.readouterr()
    assert "no resource in eu-west-1 has the tags of dev" in said.err
    assert [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]] == ["propensity-dev-notes"]
    assert full.client("iam").list_roles()["Roles"] == []

    monkeypatch.setattr("builtins.input", lambda question: pytest.fail(question))
    for confirmed in (True, False):
        assert teardown.delete_resources(DEV, confirmed=confirmed) == 0
        said = capfd.readouterr().out
        assert said.endswith("nothing to delete: dev has no resources in account 123456789012\n")
        assert "created by Terraform" not in said
