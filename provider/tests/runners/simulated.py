"""A simulated AWS account and cluster for the remote runners, and the workers' environment for them."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import boto3
import requests
import yaml
from cluster import Cluster

REPOSITORY = Path(__file__).parents[3]
REGION = "eu-west-1"
BUCKET = "propensity-test"
RESULTS = f"s3://{BUCKET}/results"
REMOTE = ("ecs", "kubernetes", "sagemaker")
REGISTRY = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/propensity-dev:1"
TOKEN = "token-of-the-secret"
LOG_GROUP = "/propensity/tasks"


@contextmanager
def account(image: str, *, recorded: bool = False) -> Iterator[str]:
    """A simulated AWS account; its address.

    :param recorded: whether endpoints return the scores that are recorded with a model, without running the image
    """
    python = Path(environments(), "aws", "bin", "python")
    tests = REPOSITORY / "cloud" / "tests"
    command = [python, "-m", "account", "--image", image]
    command += ["--endpoint-image", f"process:{tests}/recorded_container.py"] if recorded else []
    command += ["--seconds-per-step", "0.05", "--grace-seconds", "2"]
    environment = os.environ | {"PYTHONPATH": str(tests)}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait(60)


def environments() -> str:
    return os.environ.get("PROPENSITY_ENVIRONMENTS", str(REPOSITORY / ".propensity" / "environments"))


def aws(url: str, service: str):
    """A client of the simulated account."""
    return boto3.client(
        service, endpoint_url=url, region_name=REGION, aws_access_key_id="test", aws_secret_access_key="test"
    )


def control(url: str, **faults: dict) -> dict:
    """Lets something go wrong in the account; returns the state of its endpoints."""
    if faults:
        requests.post(f"{url}/_control", json=faults, timeout=60).raise_for_status()
    return requests.get(f"{url}/_control", timeout=60).json()["endpoints"].get(REGION, {})


def create_resources(url: str) -> None:
    """The bucket, the secret, the cluster and the task definition, as Terraform makes them."""
    aws(url, "s3").create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
    secret = aws(url, "secretsmanager").create_secret(Name="mlflow", SecretString=TOKEN)["ARN"]
    ecs = aws(url, "ecs")
    ecs.create_cluster(clusterName="propensity-dev")
    made = definition(REGISTRY)
    made["containerDefinitions"][0]["secrets"] = [{"name": "MLFLOW_TRACKING_TOKEN", "valueFrom": secret}]
    ecs.register_task_definition(**made)


def definition(image: str) -> dict:
    """A task definition."""
    options = {"awslogs-group": LOG_GROUP, "awslogs-region": REGION, "awslogs-stream-prefix": "task"}
    container = {
        "name": "propensity",
        "image": image,
        "logConfiguration": {"logDriver": "awslogs", "options": options},
    }
    return {
        "family": "propensity-dev",
        "requiresCompatibilities": ["FARGATE"],
        "networkMode": "awsvpc",
        "cpu": "256",
        "memory": "512",
        "containerDefinitions": [container],
    }


def subnets(url: str) -> list[str]:
    """Subnets of the account's own network."""
    found = aws(url, "ec2").describe_subnets()["Subnets"]
    return [subnet["SubnetId"] for subnet in found][:2]


def cluster(engine, url: str, folder: Path) -> Cluster:
    """A simulated cluster, whose service accounts have a role as on EKS."""
    role = {
        "AWS_ENDPOINT_URL": url,
        "AWS_REGION": REGION,
        "AWS_ROLE_ARN": "arn:aws:iam::123456789012:role/propensity-dev-tasks",
    }
    token = folder / "token"
    token.write_text("header.claims.signature")
    folder.chmod(0o755)
    made = Cluster(engine, role, token, {"mlflow/token": TOKEN}, folder / "kubeconfig.yaml")
    made.kubeconfig.write_text(yaml.safe_dump(made.configuration()))
    return made


def environment(url: str, image: str, kubeconfig: Path) -> dict[str, str]:
    """The workers' environment for the runners."""
    runners = {
        "PROPENSITY_ECS": {
            "cluster": "propensity-dev",
            "task_definition": "propensity-dev",
            "container": "propensity",
            "subnets": subnets(url),
            "security_groups": [],
            "log_group": LOG_GROUP,
            "results": RESULTS,
            "tags": {"propensity:project": "propensity"},
        },
        "PROPENSITY_KUBERNETES": {
            "namespace": "propensity",
            "service_account": "propensity-tasks",
            "image": image,
            "memory": "512Mi",
            "labels": {"project": "propensity"},
            "secrets": {"MLFLOW_TRACKING_TOKEN": "mlflow/token"},
            "results": RESULTS,
        },
        "PROPENSITY_SAGEMAKER": {
            "stage": "dev",
            "region": REGION,
            "role": "arn:aws:iam::123456789012:role/propensity-dev-sagemaker",
            "image": REGISTRY,
            "subnets": [],
            "security_groups": [],
            "tags": {"propensity:project": "propensity", "propensity:environment": "dev"},
            "results": RESULTS,
            "endpoint": {
                "instance_type": "ml.m5.large",
                "instances": 1,
                "max_instances": 1,
                "invocations_per_instance": 2000,
                "keep": 2,
            },
            "training": {"instance_type": "ml.m5.large", "volume_gb": 30, "seconds": 43200},
        },
    }
    return {
        "AWS_ENDPOINT_URL": url,
        "AWS_REGION": REGION,
        "AWS_ACCESS_KEY_ID": "worker",
        "AWS_SECRET_ACCESS_KEY": "worker",
        "KUBECONFIG": str(kubeconfig),
        "PROPENSITY_POLL_SECONDS": "0.2",
    } | {name: json.dumps(settings) for name, settings in runners.items()}
