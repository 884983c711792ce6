"""What moto's SageMaker and the strict simulation have in common."""

from __future__ import annotations

import time

import boto3
import pytest
from moto.server import ThreadedMotoServer
from samples import IMAGE, ROLE, job, make_model, rejection, variant

from account.settings import ACCOUNT, REGION

TAGS = [{"Key": "propensity:environment", "Value": "dev"}]


@pytest.fixture(scope="module", params=["moto", "strict"])
def client(request, account):
    """SageMaker of either, each with a model of its own where the strict one needs its files."""
    if request.param == "strict":
        make_model(account, "answering")
        yield account.client("sagemaker")
        return
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    client = boto3.client(
        "sagemaker",
        region_name=REGION,
        endpoint_url=f"http://127.0.0.1:{server.get_host_and_port()[1]}",
        aws_access_key_id="any",
        aws_secret_access_key="any",
    )
    client.create_model(ModelName="answering", ExecutionRoleArn=ROLE, PrimaryContainer={"Image": IMAGE})
    yield client
    server.stop()


def until(call, condition):
    end = time.monotonic() + 60
    while not condition(response := call()):
        assert time.monotonic() < end, response
        time.sleep(0.05)
    return response


def arn(kind: str, name: str) -> str:
    return f"arn:aws:sagemaker:{REGION}:{ACCOUNT}:{kind}/{name}"


def test_models_are_created_described_listed_and_deleted(client):
    container = {"Image": IMAGE, "Environment": {"LEVEL": "info"}}
    made = client.create_model(ModelName="model-1", ExecutionRoleArn=ROLE, PrimaryContainer=container, Tags=TAGS)
    assert made["ModelArn"] == arn("model", "model-1")
    response = client.describe_model(ModelName="model-1")
    assert (response["ModelName"], response["ExecutionRoleArn"]) == ("model-1", ROLE)
    assert response["PrimaryContainer"].items() >= container.items()
    assert client.list_tags(ResourceArn=made["ModelArn"])["Tags"] == TAGS
    assert "model-1" in [one["ModelName"] for one in client.list_models()["Models"]]
    client.delete_model(ModelName="model-1")
    assert "model-1" not in [one["ModelName"] for one in client.list_models()["Models"]]
    assert rejection(client.describe_model, ModelName="model-1").startswith("ValidationException: Could not find model")


def test_endpoints_are_created_respond_and_are_deleted(client):
    made = client.create_endpoint_config(
        EndpointConfigName="config-1", ProductionVariants=[variant("answering")], Tags=TAGS
    )
    assert made["EndpointConfigArn"] == arn("endpoint-config", "config-1")
    config = client.describe_endpoint_config(EndpointConfigName="config-1")
    assert config["ProductionVariants"][0].items() >= variant("answering").items()
    client.create_endpoint(EndpointName="endpoint-1", EndpointConfigName="config-1", Tags=TAGS)
    response = until(
        lambda: client.describe_endpoint(EndpointName="endpoint-1"),
        lambda response: response["EndpointStatus"] == "InService",
    )
    assert response["EndpointArn"] == arn("endpoint", "endpoint-1")
    assert response["EndpointConfigName"] == "config-1"
    assert response["ProductionVariants"][0]["VariantName"] == "model"
    assert response["ProductionVariants"][0]["CurrentInstanceCount"] == 1
    assert client.list_tags(ResourceArn=response["EndpointArn"])["Tags"] == TAGS
    client.update_endpoint_weights_and_capacities(
        EndpointName="endpoint-1",
        DesiredWeightsAndCapacities=[{"VariantName": "model", "DesiredWeight": 1.0, "DesiredInstanceCount": 2}],
    )
    until(
        lambda: client.describe_endpoint(EndpointName="endpoint-1"),
        lambda response: response["ProductionVariants"][0]["CurrentInstanceCount"] == 2,
    )
    found = client.list_endpoints(NameContains="endpoint-")["Endpoints"]
    assert [one["EndpointName"] for one in found] == ["endpoint-1"]
    client.delete_endpoint(EndpointName="endpoint-1")
    until(lambda: client.list_endpoints(NameContains="endpoint-")["Endpoints"], lambda found: not found)
    client.delete_endpoint_config(EndpointConfigName="config-1")
    assert "Could not find" in rejection(client.describe_endpoint_config, EndpointConfigName="config-1")
    assert "Could not find" in rejection(client.describe_endpoint, EndpointName="endpoint-1")


def test_training_jobs_complete_and_are_listed(client):
    made = client.create_training_job(**job("job-1"), Tags=TAGS)
    assert made["TrainingJobArn"] == arn("training-job", "job-1")
    response = until(
        lambda: client.describe_training_job(TrainingJobName="job-1"),
        lambda response: response["TrainingJobStatus"] == "Completed",
    )
    assert response["ModelArtifacts"]["S3ModelArtifacts"].endswith("/job-1/output/model.tar.gz")
    assert response["ResourceConfig"] == job("job-1")["ResourceConfig"]
    assert client.list_tags(ResourceArn=made["TrainingJobArn"])["Tags"] == TAGS
    listed = client.list_training_jobs(NameContains="job-", StatusEquals="Completed")["TrainingJobSummaries"]
    assert [one["TrainingJobName"] for one in listed] == ["job-1"]
    assert rejection(client.describe_training_job, TrainingJobName="job-2").startswith("ValidationException")
