"""Application Auto Scaling of endpoints: what it rejects, beside what moto keeps."""

from __future__ import annotations

import json

from werkzeug import Request, Response

from account.common.answers import rejected
from account.common.errors import AwsError, invalid
from account.sagemaker.configs import serverless
from account.sagemaker.endpoints.scaling import DIMENSION

REGISTER = "AnyScaleFrontendService.RegisterScalableTarget"
BURSTABLE = ("ml.t2.", "ml.t3.")


def answer(account, request: Request, region: str) -> Response | None:
    """A rejection; none where moto is to answer."""
    asked = json.loads(request.get_data() or b"{}")
    if request.headers.get("X-Amz-Target") == REGISTER and asked.get("ScalableDimension") == DIMENSION:
        try:
            check(account.region(region), asked.get("ResourceId", ""))
        except AwsError as e:
            return rejected(e)
    return None


def check(region, resource: str) -> None:
    """Rejects what is not there, what has no instances, and burstable instances, as SageMaker's pages say."""
    name, variant = resource.removeprefix("endpoint/").partition("/variant/")[::2]
    endpoint = region.endpoints.by_name.get(name)
    found = [one for one in endpoint.config["ProductionVariants"] if one["VariantName"] == variant] if endpoint else []
    if not found or serverless(endpoint.config):
        raise invalid(
            f"No scalable resource found for service namespace: sagemaker, resource ID: {resource}, scalable "
            f"dimension: {DIMENSION}"
        )
    kind = found[0]["InstanceType"]
    if kind.startswith(BURSTABLE):
        raise invalid(f"Automatic scaling is not supported for the burstable instance type {kind} of {resource}")


def registered(region, endpoint) -> set[str]:
    """The endpoint's variants that are targets for automatic scaling."""
    response = region.client("application-autoscaling").describe_scalable_targets(
        ServiceNamespace="sagemaker",
        ResourceIds=[f"endpoint/{endpoint.name}/variant/{one}" for one in endpoint.counts],
        ScalableDimension=DIMENSION,
    )
    return {one["ResourceId"].rpartition("/")[2] for one in response["ScalableTargets"]}


def check_update(region, endpoint, config: dict) -> None:
    """Rejects another instance type for a variant that is a target for automatic scaling."""
    kinds = {one["VariantName"]: one.get("InstanceType") for one in config["ProductionVariants"]}
    for one in endpoint.config["ProductionVariants"]:
        name = one["VariantName"]
        if kinds.get(name) != one.get("InstanceType") and name in registered(region, endpoint):
            raise invalid(
                f"The variant {name} of the endpoint {endpoint.name} is registered as a scalable target. Deregister "
                "it from Application Auto Scaling before you change its instance type."
            )


def deregister(region, endpoint) -> None:
    """What an endpoint's deletion does to its variants."""
    for variant in registered(region, endpoint):
        region.client("application-autoscaling").deregister_scalable_target(
            ServiceNamespace="sagemaker",
            ResourceId=f"endpoint/{endpoint.name}/variant/{variant}",
            ScalableDimension=DIMENSION,
        )
