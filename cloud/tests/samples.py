"""What tests put into the simulated account: models, endpoint configurations, requests."""

from __future__ import annotations

import io
import json
import tarfile
import time
from pathlib import Path

import pytest
from botocore.exceptions import ClientError

from account.settings import ACCOUNT, REGION
from cloud.account import Target

TINY = f"process:{Path(__file__).with_name('tiny_container.py')}"
IMAGE = f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/propensity-dev@sha256:{'0' * 64}"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/propensity-dev-sagemaker"
BUCKET = f"propensity-dev-{ACCOUNT}"
DEV = Target("dev", ACCOUNT, REGION)
"""The stage of the example account."""

ROWS = (
    "id,Gender,Age,Driving_License,Region_Code,Previously_Insured,Vehicle_Age,Vehicle_Damage,Annual_Premium,"
    "Policy_Sales_Channel,Vintage,Response\n1,Male,44,1,28.0,0,> 2 Years,Yes,40454.0,26.0,217,1\n"
)
"""A file of insurance."""


def archive(files: dict[str, bytes]) -> bytes:
    """A model.tar.gz."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    return packed.getvalue()


def make_model(account, name: str, **behavior) -> None:
    """A model whose container behaves so (tiny_container)."""
    key, described = f"models/{name}/model.tar.gz", {"name": name} | behavior
    body = archive({"behavior.json": json.dumps(described).encode()})
    account.client("s3").put_object(Bucket=BUCKET, Key=key, Body=body)
    account.client("sagemaker").create_model(
        ModelName=name,
        ExecutionRoleArn=ROLE,
        PrimaryContainer={"Image": IMAGE, "ModelDataUrl": f"s3://{BUCKET}/{key}"},
    )


def variant(model: str, count: int = 1, kind: str = "ml.m5.large") -> dict:
    return {
        "VariantName": "model",
        "ModelName": model,
        "InitialInstanceCount": count,
        "InstanceType": kind,
        "InitialVariantWeight": 1.0,
    }


def make_config(account, name: str, count: int = 1, **behavior) -> None:
    """A model and an endpoint configuration of that name."""
    make_model(account, name, **behavior)
    account.client("sagemaker").create_endpoint_config(
        EndpointConfigName=name, ProductionVariants=[variant(name, count)]
    )


def settled(account, endpoint: str, seconds: float = 90) -> dict:
    """The endpoint, once nothing goes on with it."""
    until = time.monotonic() + seconds
    while True:
        described = account.client("sagemaker").describe_endpoint(EndpointName=endpoint)
        if described["EndpointStatus"] in ("InService", "Failed"):
            return described
        assert time.monotonic() < until, f"it never ends: {described}"
        time.sleep(0.02)


def create(account, name: str, config: str) -> dict:
    """An endpoint, once it answers or has failed."""
    account.client("sagemaker").create_endpoint(EndpointName=name, EndpointConfigName=config)
    return settled(account, name)


def ask(account, endpoint: str, body: bytes = b"1,2", **more) -> dict:
    """What the endpoint's container answers."""
    answer = account.client("sagemaker-runtime").invoke_endpoint(
        EndpointName=endpoint, Body=body, ContentType="text/csv", **more
    )
    return json.loads(answer["Body"].read())


def job(name: str, **parameters) -> dict:
    """A training job whose container behaves so (tiny_container)."""
    return {
        "TrainingJobName": name,
        "AlgorithmSpecification": {"TrainingImage": IMAGE, "TrainingInputMode": "File"},
        "RoleArn": ROLE,
        "OutputDataConfig": {"S3OutputPath": f"s3://{BUCKET}/jobs"},
        "ResourceConfig": {"InstanceType": "ml.m5.large", "InstanceCount": 1, "VolumeSizeInGB": 30},
        "StoppingCondition": {"MaxRuntimeInSeconds": 600},
        "HyperParameters": {key: str(value) for key, value in parameters.items()},
    }


def ended(account, name: str, seconds: float = 90) -> dict:
    """The training job, once it has ended."""
    until = time.monotonic() + seconds
    while True:
        described = account.client("sagemaker").describe_training_job(TrainingJobName=name)
        if described["TrainingJobStatus"] not in ("InProgress", "Stopping"):
            return described
        assert time.monotonic() < until, f"it never ends: {described}"
        time.sleep(0.02)


def rejection(call, **request) -> str:
    """Code and message of the error that a call is answered with."""
    with pytest.raises(ClientError) as error:
        call(**request)
    return f"{error.value.response['Error']['Code']}: {error.value.response['Error']['Message']}"


def canary(wait: int = 60, alarms: tuple[str, ...] = (), termination: int = 0) -> dict:
    """A blue/green update that sends a tenth of the traffic to the new fleet first."""
    size = {"Type": "CAPACITY_PERCENT", "Value": 10}
    routing = {"Type": "CANARY", "WaitIntervalInSeconds": wait, "CanarySize": size}
    policy = {"TrafficRoutingConfiguration": routing, "TerminationWaitInSeconds": termination}
    deployment = {"BlueGreenUpdatePolicy": policy}
    if alarms:
        deployment["AutoRollbackConfiguration"] = {"Alarms": [{"AlarmName": name} for name in alarms]}
    return deployment
