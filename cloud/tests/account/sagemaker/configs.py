"""Endpoint configurations: which models answer, on what, and what is captured."""

from __future__ import annotations

from account.common.errors import existing, invalid, missing
from account.common.listing import now, page


class Configs:
    def __init__(self, region):
        self._region = region
        self.by_name: dict[str, dict] = {}

    def create_endpoint_config(self, request: dict) -> dict:
        name = request["EndpointConfigName"]
        arn = self._region.arn("endpoint-config", name)
        if name in self.by_name:
            raise existing("endpoint configuration", arn)
        variants = request["ProductionVariants"]
        if len({variant["VariantName"] for variant in variants}) < len(variants):
            raise invalid("Duplicate variant names are not allowed")
        for variant in variants:
            check_variant(variant)
            self._check_model(variant)
        if any("ServerlessConfig" in variant for variant in variants):
            check_serverless(request)
        self._region.tags.put(arn, request.get("Tags"))
        self.by_name[name] = {key: value for key, value in request.items() if key != "Tags"} | {
            "EndpointConfigArn": arn,
            "CreationTime": now(),
        }
        return {"EndpointConfigArn": arn}

    def describe_endpoint_config(self, request: dict) -> dict:
        return dict(self.get(request["EndpointConfigName"]))

    def delete_endpoint_config(self, request: dict) -> None:
        """SageMaker's documentation forbids deleting one in use, its API does not: here it is rejected."""
        config = self.get(request["EndpointConfigName"])
        for endpoint in self._region.endpoints.by_name.values():
            if request["EndpointConfigName"] in endpoint.configs():
                raise invalid(
                    f'Cannot delete endpoint configuration "{config["EndpointConfigArn"]}": it is in use by '
                    f'endpoint "{endpoint.arn}".'
                )
        self._region.tags.drop(config["EndpointConfigArn"])
        del self.by_name[request["EndpointConfigName"]]

    def list_endpoint_configs(self, request: dict) -> dict:
        members = ("EndpointConfigName", "EndpointConfigArn", "CreationTime")
        found = [{m: one[m] for m in members} for one in self.by_name.values()]
        return page(request, "EndpointConfigs", found, "EndpointConfig")

    def get(self, name: str) -> dict:
        if name not in self.by_name:
            raise missing("endpoint configuration", self._region.arn("endpoint-config", name))
        return self.by_name[name]

    def _check_model(self, variant: dict) -> None:
        model = self._region.models.get(variant["ModelName"])
        if "ServerlessConfig" in variant and ("VpcConfig" in model or model.get("EnableNetworkIsolation")):
            raise invalid("Serverless endpoints do not support models with VpcConfig or EnableNetworkIsolation")


def check_variant(variant: dict) -> None:
    name = variant["VariantName"]
    if "ModelName" not in variant:
        raise invalid(f"ModelName is required for the production variant {name}")
    serverless = variant.get("ServerlessConfig")
    if serverless:
        for member in ("InstanceType", "InitialInstanceCount", "AcceleratorType", "VolumeSizeInGB"):
            if member in variant:
                raise invalid(f"{member} cannot be specified together with ServerlessConfig, as in the variant {name}")
        if serverless["MemorySizeInMB"] % 1024:
            raise invalid("MemorySizeInMB must be one of 1024, 2048, 3072, 4096, 5120, 6144")
    elif "InstanceType" not in variant or "InitialInstanceCount" not in variant:
        raise invalid(f"InstanceType and InitialInstanceCount are required for the production variant {name}")


def check_serverless(request: dict) -> None:
    """What SageMaker's page of serverless inference says is not supported."""
    if len(request["ProductionVariants"]) > 1:
        raise invalid("Serverless endpoints support only one production variant")
    for member in ("DataCaptureConfig", "AsyncInferenceConfig", "ShadowProductionVariants"):
        if member in request:
            raise invalid(f"{member} is not supported for serverless endpoints")
    if "KmsKeyId" in request:
        raise invalid("KmsKeyId is not supported for serverless endpoints")


def serverless(config: dict) -> bool:
    return "ServerlessConfig" in config["ProductionVariants"][0]
