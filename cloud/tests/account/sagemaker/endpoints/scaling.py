"""Application Auto Scaling of endpoints: moto keeps targets and policies, but does not follow them."""

from __future__ import annotations

import math
import time

from account.common.remembered import Remembered
from account.sagemaker.configs import serverless

DIMENSION = "sagemaker:variant:DesiredInstanceCount"
PREDEFINED = "SageMakerVariantInvocationsPerInstance"
# Target tracking scales out after three minutes above the target, in after fifteen below 90% of it.
OUT, IN, BELOW = 3, 15, 0.9
COOLDOWN = 300


class Scaling:
    def __init__(self, region):
        self._region = region
        # By resource: when it was last scaled out, and in.
        self._scaled: dict[str, dict[str, float]] = {}
        self._looked = 0.0
        self._all = Remembered(lambda: region.account.changes("application-autoscaling"), self._listed)

    def follow(self) -> None:
        """Brings each variant's instance count to where its policy wants it, once a minute."""
        if time.monotonic() - self._looked < self._region.settings.step:
            return
        self._looked = time.monotonic()
        targets, policies = self._all()
        for target in targets:
            if target["ScalableDimension"] == DIMENSION:
                own = [policy for policy in policies if policy["ResourceId"] == target["ResourceId"]]
                self._scale(target, own)

    def _listed(self) -> tuple[list[dict], list[dict]]:
        """The region's targets and policies."""
        client = self._region.client("application-autoscaling")
        targets = client.describe_scalable_targets(ServiceNamespace="sagemaker")["ScalableTargets"]
        policies = client.describe_scaling_policies(ServiceNamespace="sagemaker")["ScalingPolicies"] if targets else []
        return targets, policies

    def _scale(self, target: dict, policies: list[dict]) -> None:
        _, name, _, variant = target["ResourceId"].split("/")
        endpoint = self._region.endpoints.by_name.get(name)
        if endpoint is None or endpoint.status != "InService" or serverless(endpoint.config):
            return
        count = endpoint.counts.get(variant)
        if count is None:
            return
        wishes = [self._wish(policy, (name, variant), count) for policy in policies]
        # Of several policies the one that wants most counts.
        wanted = max([wish for wish in wishes if wish is not None], default=count)
        wanted = min(max(wanted, target["MinCapacity"]), target["MaxCapacity"])
        suspended = target.get("SuspendedState", {})
        way = "out" if wanted > count else "in"
        if wanted == count or suspended.get(f"DynamicScaling{way.title()}Suspended"):
            return
        self._scaled.setdefault(target["ResourceId"], {})[way] = time.monotonic()
        with self._region.lock:
            if endpoint.status == "InService":
                wish = {"VariantName": variant, "DesiredInstanceCount": wanted}
                self._region.endpoints.update_endpoint_weights_and_capacities(
                    {"EndpointName": name, "DesiredWeightsAndCapacities": [wish]}
                )

    def _wish(self, policy: dict, place: tuple[str, str], count: int) -> int | None:
        """The count that a policy wants now; none where it wants no change."""
        tracking = policy.get("TargetTrackingScalingPolicyConfiguration", {})
        metric = tracking.get("PredefinedMetricSpecification", {}).get("PredefinedMetricType")
        if metric != PREDEFINED:
            return None
        target = tracking["TargetValue"]
        minutes = self._minutes(place, IN)
        recent = minutes[-OUT:]
        if min(recent) > target and self._rested(policy, "out", tracking.get("ScaleOutCooldown", COOLDOWN)):
            return max(count + 1, math.ceil(count * sum(recent) / len(recent) / target))
        calm = max(minutes) < target * BELOW and not tracking.get("DisableScaleIn")
        if calm and self._rested(policy, "in", tracking.get("ScaleInCooldown", COOLDOWN)):
            return min(count, max(1, math.ceil(count * max(minutes) / target)))
        return None

    def _minutes(self, place: tuple[str, str], count: int) -> list[float]:
        step, end = self._region.settings.step, time.monotonic()
        metric = "InvocationsPerInstance"
        return [
            sum(self._region.metrics.values(place, metric, end - back * step, end - (back - 1) * step))
            for back in range(count, 0, -1)
        ]

    def _rested(self, policy: dict, way: str, cooldown: int) -> bool:
        last = self._scaled.get(policy["ResourceId"], {})
        # Scaling out is never held up by an earlier scaling in, but the other way round.
        moments = [last.get("out", 0.0)] if way == "out" else last.values()
        return time.monotonic() - max(moments, default=0.0) >= self._region.settings.real(cooldown)
