"""The simulated account's endpoints, from creation to deletion, and what it rejects."""

from __future__ import annotations

import time

import pytest
from botocore.exceptions import ClientError
from samples import BUCKET, IMAGE, ROLE, ask, create, make_config, make_model, rejection, settled, variant


def test_answers_from_creation_to_deletion(account, sagemaker):
    make_config(account, "life")
    sagemaker.create_endpoint(EndpointName="life", EndpointConfigName="life")
    assert sagemaker.describe_endpoint(EndpointName="life")["EndpointStatus"] == "Creating"
    response = settled(account, "life")
    assert response["EndpointStatus"] == "InService"
    assert response["ProductionVariants"][0]["CurrentInstanceCount"] == 1
    assert ask(account, "life", b"40,yes") == {"model": "life", "body": "40,yes"}
    sagemaker.delete_endpoint(EndpointName="life")
    assert sagemaker.describe_endpoint(EndpointName="life")["EndpointStatus"] == "Deleting"
    until = time.monotonic() + 60
    while sagemaker.list_endpoints(NameContains="life")["Endpoints"]:
        assert time.monotonic() < until
        time.sleep(0.02)
    assert 'Could not find endpoint "arn:aws:sagemaker' in rejection(sagemaker.describe_endpoint, EndpointName="life")


def test_fails_where_the_model_does_not_answer_to_ping(account, sagemaker, monkeypatch):
    make_config(account, "sick", ping=503)
    monkeypatch.setattr(account.settings, "health_seconds", 1)
    response = create(account, "sick", "sick")
    assert response["EndpointStatus"] == "Failed"
    assert response["FailureReason"] == (
        "The primary container for production variant model did not pass the ping health check. Please check "
        "CloudWatch logs for this endpoint."
    )
    rejected = rejection(sagemaker.update_endpoint, EndpointName="sick", EndpointConfigName="sick")
    assert "Cannot update failed endpoint" in rejected


def test_fails_where_the_model_is_no_archive(account, sagemaker):
    account.client("s3").put_object(Bucket=BUCKET, Key="plain/model.tar.gz", Body=b"no archive")
    container = {"Image": IMAGE, "ModelDataUrl": f"s3://{BUCKET}/plain/model.tar.gz"}
    sagemaker.create_model(ModelName="plain", ExecutionRoleArn=ROLE, PrimaryContainer=container)
    sagemaker.create_endpoint_config(EndpointConfigName="plain", ProductionVariants=[variant("plain")])
    assert "Failed to extract model data archive" in create(account, "plain", "plain")["FailureReason"]


def test_serves_the_files_below_a_prefix(account, sagemaker):
    account.client("s3").put_object(Bucket=BUCKET, Key="tree/behavior.json", Body=b'{"name": "a tree"}')
    source = {"S3Uri": f"s3://{BUCKET}/tree/", "S3DataType": "S3Prefix", "CompressionType": "None"}
    container = {"Image": IMAGE, "ModelDataSource": {"S3DataSource": source}}
    sagemaker.create_model(ModelName="tree", ExecutionRoleArn=ROLE, PrimaryContainer=container)
    sagemaker.create_endpoint_config(EndpointConfigName="tree", ProductionVariants=[variant("tree")])
    create(account, "tree", "tree")
    assert ask(account, "tree")["model"] == "a tree"


def test_reports_that_it_needs_a_docker_engine(account, sagemaker, monkeypatch):
    make_config(account, "engine")
    monkeypatch.setattr(account.settings, "image", "propensity")
    monkeypatch.setenv("DOCKER_HOST", "unix:///nowhere/docker.sock")
    assert (
        "no Docker Engine responds, which SageMaker's containers need"
        in create(account, "engine", "engine")["FailureReason"]
    )


def test_rejects_what_sagemaker_rejects(account, sagemaker):
    make_config(account, "strict")
    sagemaker.create_endpoint(EndpointName="strict", EndpointConfigName="strict")
    busy = rejection(sagemaker.delete_endpoint, EndpointName="strict")
    assert 'Cannot update in-progress endpoint "arn:aws:sagemaker' in busy
    assert 'Cannot create already existing endpoint "arn' in rejection(
        sagemaker.create_endpoint, EndpointName="strict", EndpointConfigName="strict"
    )
    settled(account, "strict")
    with pytest.raises(ClientError, match="Cannot create already existing model"):
        make_model(account, "strict")
    config = {"EndpointConfigName": "strict", "ProductionVariants": [variant("strict")]}
    assert "Cannot create already existing endpoint configuration" in rejection(
        sagemaker.create_endpoint_config, **config
    )
    assert "it is in use" in rejection(sagemaker.delete_endpoint_config, EndpointConfigName="strict")
    assert "already uses" in rejection(sagemaker.update_endpoint, EndpointName="strict", EndpointConfigName="strict")
    assert "Could not find endpoint configuration" in rejection(
        sagemaker.create_endpoint, EndpointName="other", EndpointConfigName="none"
    )
    assert "Could not find model" in rejection(
        sagemaker.create_endpoint_config, EndpointConfigName="other", ProductionVariants=[variant("none")]
    )
    assert "ResourceLimitExceeded: The account-level service limit 'ml.m5.large for endpoint usage' is 20" in rejection(
        sagemaker.update_endpoint_weights_and_capacities,
        EndpointName="strict",
        DesiredWeightsAndCapacities=[{"VariantName": "model", "DesiredInstanceCount": 21}],
    )
    account.faults.throttle("DescribeEndpoint")
    assert "ThrottlingException: Rate exceeded" in rejection(sagemaker.describe_endpoint, EndpointName="strict")
