"""Deployment policies: what an update may ask, and the steps that follow from it."""

from __future__ import annotations

from account.common.errors import invalid
from account.sagemaker.configs import serverless


def check(region, deployment: dict | None, config: dict, instances: int) -> None:
    """Rejects a policy that SageMaker rejects, for so many instances."""
    if not deployment:
        return
    if serverless(config):
        raise invalid("DeploymentConfig is not supported for serverless endpoints")
    if "RollingUpdatePolicy" in deployment:
        raise invalid("RollingUpdatePolicy is not stood in for")
    policy = deployment.get("BlueGreenUpdatePolicy")
    if policy:
        check_routing(policy, instances)
    alarms = [alarm["AlarmName"] for alarm in deployment.get("AutoRollbackConfiguration", {}).get("Alarms", [])]
    unknown = [name for name in alarms if name not in region.alarms.states()]
    if unknown:
        raise invalid(f"Could not find the alarm(s) {', '.join(unknown)} of AutoRollbackConfiguration")


def check_routing(policy: dict, instances: int) -> None:
    routing = policy["TrafficRoutingConfiguration"]
    for kind, member, least, most in (("CANARY", "CanarySize", 1, 50), ("LINEAR", "LinearStepSize", 10, 50)):
        size = routing.get(member)
        if (routing["Type"] == kind) != (size is not None):
            raise invalid(f"{member} must be given for the traffic routing type {kind}, and for no other")
        percent = part(size, instances) * 100 if size else least
        if not least <= percent <= most:
            raise invalid(f"{member} must be from {least} to {most} percent of the capacity, not {percent:g}")
    waits = (len(shares(policy, instances)) * routing["WaitIntervalInSeconds"]) + policy.get(
        "TerminationWaitInSeconds", 0
    )
    limit = policy.get("MaximumExecutionTimeoutInSeconds")
    if limit is not None and limit < waits:
        raise invalid(f"MaximumExecutionTimeoutInSeconds of {limit} must be no less than all waits, {waits}")


def shares(policy: dict | None, instances: int) -> list[float]:
    """The new fleet's share of the traffic, step by step, the last one 1; each is baked."""
    routing = policy["TrafficRoutingConfiguration"] if policy else {"Type": "ALL_AT_ONCE"}
    if routing["Type"] == "ALL_AT_ONCE":
        return [1.0]
    first = part(routing["CanarySize" if routing["Type"] == "CANARY" else "LinearStepSize"], instances)
    if routing["Type"] == "CANARY":
        return [first, 1.0]
    steps = [first]
    while steps[-1] < 1:
        steps.append(min(1.0, steps[-1] + first))
    return steps


def part(size: dict, instances: int) -> float:
    """Of the whole capacity."""
    return size["Value"] / (100 if size["Type"] == "CAPACITY_PERCENT" else max(1, instances))
