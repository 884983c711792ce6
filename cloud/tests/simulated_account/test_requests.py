"""The simulated account accepts what AWS accepts, and nothing else; faults that a test injects occur."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import boto3
import botocore.session
import pytest
from botocore.config import Config
from samples import IMAGE, ROLE, job, make_config, rejection, variant

from account.settings import REGION


def careless(account):
    """A client that checks nothing itself."""
    return boto3.client(
        "sagemaker",
        region_name=REGION,
        endpoint_url=account.url,
        aws_access_key_id="any",
        aws_secret_access_key="any",
        config=Config(parameter_validation=False, retries={"total_max_attempts": 1}),
    )


def arguments(*words: str) -> dict:
    request = job("arguments")
    request["AlgorithmSpecification"]["ContainerArguments"] = list(words)
    return request


@pytest.mark.parametrize(
    ("operation", "request_", "said"),
    [
        ("create_training_job", job("a" * 64), "Member must have length less than or equal to 63"),
        ("create_training_job", job("under_score"), "Member must satisfy regular expression pattern"),
        ("create_training_job", arguments("x" * 257), "Member must have length less than or equal to 256"),
        ("create_training_job", arguments(*["x"] * 101), "Member must have length less than or equal to 100"),
        ("create_training_job", job("long") | {"Environment": {"A": "x" * 513}}, "less than or equal to 512"),
        ("create_training_job", job("kind") | {"StoppingCondition": {"MaxRuntimeInSeconds": "1"}}, "type integer"),
        ("create_endpoint", {"EndpointName": "no-config"}, "'endpointConfigName' failed to satisfy constraint"),
        ("create_model", {"ModelName": "m", "ExecutionRoleArn": "short"}, "length greater than or equal to 20"),
        ("create_model", {"ModelName": "m", "Colour": "red"}, "has no member Colour"),
        (
            "create_endpoint_config",
            {"EndpointConfigName": "c", "ProductionVariants": [variant("m") | {"InstanceType": "ml.none"}]},
            "Member must satisfy enum value set: [ml.t2.medium",
        ),
    ],
)
def test_rejects_what_the_service_model_does_not_allow(account, operation, request_, said):
    client = careless(account)
    call = operation.title().replace("_", "")
    shape = client.meta.service_model.operation_model(call).input_shape
    unknown = request_.keys() - shape.members.keys()
    if unknown:
        # No client serializes what it does not know.
        assert said in raw(account, call, request_)
    else:
        assert said in rejection(getattr(client, operation), **request_)


def raw(account, operation: str, request: dict) -> str:
    scope = f"AWS4-HMAC-SHA256 Credential=any/20261124/{REGION}/sagemaker/aws4_request, SignedHeaders=host, Signature=0"
    headers = {"X-Amz-Target": f"SageMaker.{operation}", "Authorization": scope}
    asked = urllib.request.Request(account.url, json.dumps(request).encode(), headers)
    try:
        with urllib.request.urlopen(asked) as answer:
            return answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.read().decode()


def test_rejects_an_operation_that_it_does_not_know(account, sagemaker):
    assert "UnknownOperationException" in rejection(sagemaker.list_pipelines)


SERVERLESS = {"MemorySizeInMB": 2048, "MaxConcurrency": 5}
CAPTURE = {
    "EnableCapture": True,
    "InitialSamplingPercentage": 100,
    "DestinationS3Uri": "s3://b/c",
    "CaptureOptions": [{"CaptureMode": "Input"}],
}


def test_knows_the_limits_of_serverless_endpoints(account, sagemaker):
    make_config(account, "usual")
    calm = {"VariantName": "model", "ModelName": "usual", "ServerlessConfig": SERVERLESS}
    for request, said in (
        ({"ProductionVariants": [calm], "DataCaptureConfig": CAPTURE}, "DataCaptureConfig is not supported"),
        ({"ProductionVariants": [calm | {"InitialInstanceCount": 1}]}, "cannot be specified together"),
        ({"ProductionVariants": [calm, calm | {"VariantName": "other"}]}, "only one production variant"),
        (
            {"ProductionVariants": [calm | {"ServerlessConfig": SERVERLESS | {"MemorySizeInMB": 1500}}]},
            "MemorySizeInMB must be one of",
        ),
    ):
        assert said in rejection(sagemaker.create_endpoint_config, EndpointConfigName="calm", **request)
    sagemaker.create_endpoint_config(EndpointConfigName="calm", ProductionVariants=[calm])
    policy = {"TrafficRoutingConfiguration": {"Type": "ALL_AT_ONCE", "WaitIntervalInSeconds": 60}}
    assert "not supported for serverless" in rejection(
        sagemaker.create_endpoint,
        EndpointName="calm",
        EndpointConfigName="calm",
        DeploymentConfig={"BlueGreenUpdatePolicy": policy},
    )


def test_keeps_tags_and_finds_resources_by_them(account, sagemaker):
    tags = [{"Key": "propensity:environment", "Value": "dev"}, {"Key": "propensity:project", "Value": "propensity"}]
    container = {"Image": IMAGE}
    arn = sagemaker.create_model(ModelName="tagged", ExecutionRoleArn=ROLE, PrimaryContainer=container, Tags=tags)[
        "ModelArn"
    ]
    assert sagemaker.list_tags(ResourceArn=arn)["Tags"] == tags
    topic = account.client("sns").create_topic(Name="propensity-dev-alerts", Tags=tags)["TopicArn"]
    repository = account.client("ecr").create_repository(repositoryName="propensity-dev", tags=tags)
    finder = account.client("resourcegroupstaggingapi")

    def found(**request):
        return {one["ResourceARN"] for one in finder.get_resources(**request)["ResourceTagMappingList"]}

    stage = [{"Key": "propensity:environment", "Values": ["dev"]}]
    assert found(TagFilters=stage) == {arn, topic, repository["repository"]["repositoryArn"]}
    assert found(TagFilters=stage, ResourceTypeFilters=["sagemaker:model"]) == {arn}
    assert found(TagFilters=[{"Key": "propensity:environment", "Values": ["uat"]}]) == set()
    sagemaker.delete_tags(ResourceArn=arn, TagKeys=["propensity:environment"])
    sagemaker.add_tags(ResourceArn=arn, Tags=[{"Key": "more", "Value": "1"}])
    assert arn not in found(TagFilters=stage)
    sagemaker.delete_model(ModelName="tagged")
    assert found(TagFilters=[{"Key": "more"}]) == set()


def control(url: str, **faults) -> None:
    asked = urllib.request.Request(f"{url}/_control", json.dumps(faults).encode())
    with urllib.request.urlopen(asked) as answer:
        assert answer.status == 200


def test_lets_responses_get_lost_and_limits_be_reached_when_requested_over_http(account, sagemaker):
    make_config(account, "asked")
    control(account.url, lose={"operation": "CreateModel"}, limits={"training job": 0})
    lost = {"ModelName": "lost", "ExecutionRoleArn": ROLE, "PrimaryContainer": {"Image": IMAGE}}
    assert rejection(sagemaker.create_model, **lost).startswith("InternalFailure")
    assert sagemaker.describe_model(ModelName="lost")["ModelName"] == "lost"
    assert rejection(sagemaker.create_training_job, **job("much")).startswith("ResourceLimitExceeded")
    control(account.url, limits={"training job": 20}, fail={"operation": "ListModels", "code": "AccessDenied"})
    assert rejection(sagemaker.list_models).startswith("AccessDenied")
    with urllib.request.urlopen(f"{account.url}/_control") as answer:
        assert json.load(answer)["endpoints"][REGION] == {}


def test_runs_as_a_process_and_ends_by_sigterm():
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(__file__).parents[1])}
    process = subprocess.Popen(
        [sys.executable, "-m", "account", "--port", "0"], env=environment, stdout=subprocess.PIPE, text=True
    )
    url = process.stdout.readline().strip()
    client = boto3.client(
        "sts", region_name=REGION, endpoint_url=url, aws_access_key_id="any", aws_secret_access_key="any"
    )
    assert client.get_caller_identity()["Account"] == "123456789012"
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0


def test_knows_the_service_model_that_clients_know():
    model = botocore.session.get_session().get_service_model("sagemaker")
    assert {"UpdateEndpoint", "StopTrainingJob"} <= set(model.operation_names)
