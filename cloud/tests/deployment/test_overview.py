from __future__ import annotations

import json

import boto3
import pytest
from moto import mock_aws
from samples import DEV

from cloud.account import Account
from cloud.deployment import overview

BUCKET = "propensity-dev-123456789012"


@pytest.fixture(autouse=True)
def dev(monkeypatch):
    for name, value in {
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
    }.items():
        monkeypatch.setenv(name, value)
    for name in ("AWS_ENDPOINT_URL", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)
    with mock_aws():
        yield


@pytest.fixture
def s3():
    client = boto3.client("s3", region_name="eu-west-1")
    client.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    return client


def test_reports_the_champion_and_the_state_of_its_endpoint(s3, capsys):
    entry = {"schema": 2, "number": 1, "action": "released", "champion": {"version": 3}}
    s3.put_object(Bucket=BUCKET, Key="store/insurance/releases/000001.json", Body=json.dumps(entry))
    image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/propensity-dev@sha256:ab"
    overview.deploy_summary(DEV, image_uri=image)
    assert "| insurance | 3 | propensity-dev-insurance | does not exist |" in capsys.readouterr().out

    sagemaker = boto3.client("sagemaker", region_name="eu-west-1")
    role = "arn:aws:iam::123456789012:role/propensity-dev-sagemaker"
    sagemaker.create_model(ModelName="m", ExecutionRoleArn=role, PrimaryContainer={"Image": "i"})
    variant = {"VariantName": "model", "ModelName": "m", "InitialInstanceCount": 2, "InstanceType": "ml.t2.medium"}
    sagemaker.create_endpoint_config(EndpointConfigName="c", ProductionVariants=[variant])
    sagemaker.create_endpoint(EndpointName="propensity-dev-insurance", EndpointConfigName="c")
    overview.deploy_summary(DEV, image_uri=image)

    said = capsys.readouterr().out
    assert "| insurance | 3 | propensity-dev-insurance | InService" in said
    assert "Image: `propensity-dev@sha256:ab`" in said
    assert "123456789012" not in said


def test_reports_that_nothing_is_registered_yet(s3, capsys):
    overview.deploy_summary(DEV)
    assert "no model is registered yet" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([], "InService"),
        ([1], "InService, 1 instance"),
        ([2], "InService, 2 instances"),
        ([1, 2], "InService, 1+2 instances"),
    ],
)
def test_counts_the_instances(counts, expected, monkeypatch):
    class FakeSageMaker:
        def describe_endpoint(self, EndpointName):  # noqa: N803
            return {
                "EndpointStatus": "InService",
                "ProductionVariants": [{"CurrentInstanceCount": count} for count in counts],
            }

    monkeypatch.setattr(Account, "client", lambda self, service: FakeSageMaker())
    assert overview._state(Account("dev", "123456789012", "eu-west-1"), "insurance") == expected
