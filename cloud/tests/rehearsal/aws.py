"""What the rehearsal looks at in the account, past the project's own code."""

from __future__ import annotations

import json
import urllib.request

import boto3
from botocore.config import Config


class Aws:
    """The account at this address."""

    def __init__(self, url: str, region: str):
        self._url = url
        self._settings = {
            "endpoint_url": url,
            "region_name": region,
            "aws_access_key_id": "looking",
            "aws_secret_access_key": "looking",
            "config": Config(s3={"addressing_style": "path"}),
        }

    def tagged(self) -> list[str]:
        """What carries the project's tag, but for what AWS tells of for a while after its end."""
        pages = self._client("resourcegroupstaggingapi").get_paginator("get_resources")
        asked = pages.paginate(TagFilters=[{"Key": "propensity:project", "Values": ["propensity"]}])
        found = [item["ResourceARN"] for page in asked for item in page["ResourceTagMappingList"]]
        return [arn for arn in found if not self._ended(arn)]

    def blocks_public_access(self, bucket: str) -> bool:
        """Whether the bucket blocks it in all four ways."""
        found = self._client("s3").get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"]
        return len(found) == 4 and all(found.values())

    def jobs(self, status: str) -> int:
        """How many training jobs are in this state."""
        return len(self._client("sagemaker").list_training_jobs(StatusEquals=status)["TrainingJobSummaries"])

    def in_service(self, endpoint: str) -> bool:
        """Whether the endpoint is there, answers, and nothing is on its way."""
        found = self._client("sagemaker").list_endpoints(NameContains=endpoint, StatusEquals="InService")["Endpoints"]
        return endpoint in [each["EndpointName"] for each in found]

    def config(self, endpoint: str) -> str:
        """The configuration that answers."""
        return self._client("sagemaker").describe_endpoint(EndpointName=endpoint)["EndpointConfigName"]

    def scaled(self, endpoint: str) -> bool:
        """Whether a policy scales the endpoint's instances."""
        found = self._client("application-autoscaling").describe_scaling_policies(
            ServiceNamespace="sagemaker", ResourceId=f"endpoint/{endpoint}/variant/model"
        )
        return len(found["ScalingPolicies"]) == 1

    def control(self, **faults: dict) -> None:
        """Lets something go wrong in the account."""
        request = urllib.request.Request(f"{self._url}/_control", json.dumps(faults).encode())
        urllib.request.urlopen(request, timeout=10).close()

    def _ended(self, arn: str) -> bool:
        ecs = self._client("ecs")
        match arn.split(":")[5].partition("/")[0]:
            case "key":
                return self._client("kms").describe_key(KeyId=arn)["KeyMetadata"]["KeyState"] == "PendingDeletion"
            case "cluster":
                return ecs.describe_clusters(clusters=[arn])["clusters"][0]["status"] == "INACTIVE"
            case "task-definition":
                return ecs.describe_task_definition(taskDefinition=arn)["taskDefinition"]["status"] == "INACTIVE"
        return False

    def _client(self, service: str):
        return boto3.client(service, **self._settings)
