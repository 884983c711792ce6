"""One endpoint: its state and its description."""

from __future__ import annotations

from account.common.listing import now
from account.sagemaker.configs import serverless
from account.sagemaker.models import container

BUSY = ("Creating", "Updating", "RollingBack", "SystemUpdating", "Deleting")


class Endpoint:
    """Its live fleet answers; while an update goes on, a pending one takes a share of the traffic."""

    def __init__(self, region, name: str, config: dict, deployment: dict | None):
        self._region, self.name, self.config = region, name, config
        self.arn = region.arn("endpoint", name)
        self.status, self.failure = "Creating", None
        self.created = self.modified = now()
        self.deployment = deployment
        self.fleet = self.pending = None
        # The pending fleet's share of the traffic, and what it does.
        self.share, self.stage, self.since = 0.0, "Creating", now()
        self.counts = initial(config, "InitialInstanceCount", 1)
        # What the counts are to be, as soon as that is done.
        self.desired = self.counts
        self.weights = initial(config, "InitialVariantWeight", 1.0)
        self.pending_counts: dict[str, int] = {}
        # Served so far, for a share that is kept exactly.
        self._served = 0

    def configs(self) -> set[str]:
        """The names of the configurations in use."""
        used = {self.config["EndpointConfigName"]}
        return used | {self.pending.config["EndpointConfigName"]} if self.pending else used

    def route(self):
        """The fleet that the next invocation goes to."""
        self._served += 1
        turn = int(self._served * self.share + 1e-9) > int((self._served - 1) * self.share + 1e-9)
        return self.pending if self.pending and turn else self.fleet

    def turns(self) -> int:
        """How many invocations were routed so far."""
        return self._served

    def turn(self, status: str, failure: str | None = None) -> None:
        self.status, self.failure, self.modified = status, failure, now()

    def usage(self, config: dict, counts: dict[str, int]) -> dict[str, int]:
        """Instances by type."""
        used: dict[str, int] = {}
        for variant in config["ProductionVariants"]:
            if "InstanceType" in variant:
                kind = variant["InstanceType"]
                used[kind] = used.get(kind, 0) + counts[variant["VariantName"]]
        return used

    def describe(self) -> dict:
        answer = self.summary() | {"EndpointConfigName": self.config["EndpointConfigName"]}
        if self.fleet:
            answer["ProductionVariants"] = [self._variant(v) for v in self.config["ProductionVariants"]]
        capture = self.config.get("DataCaptureConfig")
        if capture:
            on = capture.get("EnableCapture", False)
            answer["DataCaptureConfig"] = {
                "EnableCapture": on,
                "CaptureStatus": "Started" if on and self.fleet else "Stopped",
                "CurrentSamplingPercentage": capture["InitialSamplingPercentage"],
                "DestinationS3Uri": capture["DestinationS3Uri"],
                "KmsKeyId": capture.get("KmsKeyId", ""),
            }
        if self.failure:
            answer["FailureReason"] = self.failure[:1024]
        if self.deployment:
            answer["LastDeploymentConfig"] = self.deployment
        if self.pending:
            variants = self.pending.config["ProductionVariants"]
            answer["PendingDeploymentSummary"] = {
                "EndpointConfigName": self.pending.config["EndpointConfigName"],
                "StartTime": self.since,
                "ProductionVariants": [self._pending(v) for v in variants],
            }
        return answer

    def summary(self) -> dict:
        return {
            "EndpointName": self.name,
            "EndpointArn": self.arn,
            "CreationTime": self.created,
            "LastModifiedTime": self.modified,
            "EndpointStatus": self.status,
        }

    def _variant(self, variant: dict) -> dict:
        name = variant["VariantName"]
        weight = self.weights[name] if not self.pending else self.weights[name] * (1 - self.share)
        response = {"VariantName": name, "CurrentWeight": weight, "DesiredWeight": self.weights[name]}
        response |= self._images(variant)
        if serverless(self.config):
            return response | {"CurrentServerlessConfig": variant["ServerlessConfig"]}
        return response | {"CurrentInstanceCount": self.counts[name], "DesiredInstanceCount": self.desired[name]}

    def _pending(self, variant: dict) -> dict:
        name = variant["VariantName"]
        response = {
            "VariantName": name,
            "CurrentWeight": self.share,
            "VariantStatus": [{"Status": self.stage, "StartTime": self.since}],
        }
        response |= self._images(variant)
        if "ServerlessConfig" in variant:
            return response | {"CurrentServerlessConfig": variant["ServerlessConfig"]}
        current = 0 if self.stage == "Creating" else self.pending_counts[name]
        counts = {"CurrentInstanceCount": current, "DesiredInstanceCount": self.pending_counts[name]}
        return response | counts | {"InstanceType": variant["InstanceType"]}

    def _images(self, variant: dict) -> dict:
        model = self._region.models.by_name.get(variant["ModelName"])
        if model is None:
            return {}
        image = container(model)["Image"]
        return {"DeployedImages": [{"SpecifiedImage": image, "ResolvedImage": image, "ResolutionTime": self.created}]}


def initial(config: dict, member: str, default: float) -> dict:
    """What the configuration gives each of its variants to begin with."""
    return {variant["VariantName"]: variant.get(member, default) for variant in config["ProductionVariants"]}
