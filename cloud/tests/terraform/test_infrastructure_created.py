"""A stage created in the simulated account: Terraform plans, stores and locks its state; the plan is applied for it."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest
from samples import DEV, ROWS, TINY

from account.server import SimulatedAccount
from account.settings import SimulatedSettings
from cloud.account import verified_account
from cloud.provisioning import infrastructure
from cloud.rows_file import Rows

BUCKET = "propensity-dev-123456789012"
IMAGE = f"123456789012.dkr.ecr.eu-west-1.amazonaws.com/propensity-dev@sha256:{'0' * 64}"

pytestmark = pytest.mark.aws


@pytest.fixture(scope="module")
def empty():
    """An account with nothing in it."""
    with SimulatedAccount(SimulatedSettings(image=TINY)) as one:
        yield one


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """What stays on a person's machine from one command to the next."""
    return tmp_path_factory.mktemp("state")


@pytest.fixture(autouse=True)
def dev(monkeypatch, empty, kept):
    settings = empty.environment() | {"PROPENSITY_STATE": str(kept)}
    settings |= {"TERRAFORM": str(Path(__file__).parents[1] / "account" / "terraform")}
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("TF_VAR_image", raising=False)


def test_creates_a_stage_from_nothing_and_uploads_the_rows(empty, tmp_path, capfd):
    rows = tmp_path / "rows.csv"
    rows.write_text(ROWS)

    infrastructure.create_dev_setup(DEV, Rows(str(rows)), confirmed=True)

    s3 = empty.client("s3")
    assert s3.head_object(Bucket=BUCKET, Key="data/insurance/rows.csv")["ContentLength"] == len(ROWS)
    for bucket in (BUCKET, "propensity-dev-state-123456789012"):
        assert s3.get_bucket_versioning(Bucket=bucket)["Status"] == "Enabled"
        assert all(s3.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"].values())
        statements = json.loads(s3.get_bucket_policy(Bucket=bucket)["Policy"])["Statement"]
        assert "DenyPlainHttp" in [statement["Sid"] for statement in statements]
        tags = {tag["Key"]: tag["Value"] for tag in s3.get_bucket_tagging(Bucket=bucket)["TagSet"]}
        assert tags == {"propensity:project": "propensity", "propensity:environment": "dev"}
    rules = s3.get_bucket_lifecycle_configuration(Bucket=BUCKET)["Rules"]
    assert {rule["Filter"]["Prefix"] for rule in rules} == {
        "",
        "airflow-logs/",
        "capture/",
        "results/",
        "store/captures/",
        "store/outcomes/",
    }
    output = capfd.readouterr().out
    assert "  create  module.stage.module.bucket.aws_s3_bucket.this\n" in output
    assert "\n31 to create, 3 outputs to change\n" in output
    assert len(output.splitlines()) < 60


def test_the_alarms_are_those_that_deployments_are_given(empty, capsys):
    infrastructure.infra_output(DEV)

    output = dict(shlex.split(line)[1].split("=", 1) for line in capsys.readouterr().out.splitlines())
    assert output["PROPENSITY_STORE"] == f"s3://{BUCKET}/store"
    sagemaker = json.loads(output["PROPENSITY_SAGEMAKER"])
    alarms = empty.client("cloudwatch").describe_alarms()["MetricAlarms"]
    assert {alarm["AlarmName"] for alarm in alarms} == {
        name for names in sagemaker["endpoint"]["alarms"].values() for name in names
    }
    assert {alarm["MetricName"] for alarm in alarms} == {"Invocation5XXErrors", "ModelLatency"}
    role = empty.client("iam").get_role(RoleName=sagemaker["role"].rpartition("/")[2])["Role"]
    assert role["PermissionsBoundary"]["PermissionsBoundaryArn"].endswith("policy/propensity-dev-boundary")


def test_keeps_the_image_until_another_is_named(empty, capsys):
    infrastructure.infra_plan(DEV, IMAGE)
    infrastructure.infra_apply(DEV)
    infrastructure.infra_plan(DEV)
    infrastructure.infra_apply(DEV)

    capsys.readouterr()
    infrastructure.infra_output(DEV)
    output = dict(shlex.split(line)[1].split("=", 1) for line in capsys.readouterr().out.splitlines())
    assert json.loads(output["PROPENSITY_SAGEMAKER"])["image"] == IMAGE
    family = json.loads(output["PROPENSITY_ECS"])["task_definition"]
    definition = empty.client("ecs").describe_task_definition(taskDefinition=family)["taskDefinition"]
    assert definition["containerDefinitions"][0]["image"] == IMAGE
    assert definition["revision"] == 1


def test_reports_what_terraform_created():
    root = infrastructure.root(verified_account(DEV))
    infrastructure.initialize(root)

    made = root.capture("state", "list").split()

    assert "module.stage.module.bucket.aws_s3_bucket.this" in made
    assert 'module.stage.module.alarms.aws_cloudwatch_metric_alarm.latency["propensity-dev-insurance"]' in made


def test_creates_the_bucket_of_the_state_once(capfd):
    infrastructure.infra_bootstrap(DEV, confirmed=True)
    assert capfd.readouterr().out == "s3://propensity-dev-state-123456789012 already exists\n"


def test_leaves_the_state_unlocked(empty):
    keys = [
        each["Key"]
        for each in empty.client("s3").list_objects_v2(Bucket="propensity-dev-state-123456789012")["Contents"]
    ]
    assert keys == ["terraform.tfstate"]


def test_deletes_all_of_it(empty):
    s3 = empty.client("s3")
    for each in s3.list_object_versions(Bucket=BUCKET)["Versions"]:
        s3.delete_object(Bucket=BUCKET, Key=each["Key"], VersionId=each["VersionId"])

    infrastructure.infra_destroy(DEV, confirmed=True)
    infrastructure.infra_destroy(DEV, confirmed=True)
    assert infrastructure.root(verified_account(DEV)).capture("state", "list") == ""

    assert [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]] == ["propensity-dev-state-123456789012"]
    assert empty.client("iam").list_roles()["Roles"] == []
    assert empty.client("iam").list_policies(Scope="Local")["Policies"] == []
    assert empty.client("ecr").describe_repositories()["repositories"] == []
    assert empty.client("cloudwatch").describe_alarms()["MetricAlarms"] == []
    assert empty.client("sns").list_topics()["Topics"] == []
    assert empty.client("logs").describe_log_groups()["logGroups"] == []
