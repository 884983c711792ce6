"""The operations on endpoints; what they begin goes on in threads of its own (deployment.py)."""

from __future__ import annotations

import threading

from account.common.errors import AwsError, existing, invalid, limited, missing
from account.common.listing import page
from account.sagemaker.configs import serverless
from account.sagemaker.endpoints import autoscaling, policies
from account.sagemaker.endpoints.deployment import Deployment
from account.sagemaker.endpoints.endpoint import BUSY, Endpoint, initial


class Endpoints:
    def __init__(self, region):
        self._region = region
        self.by_name: dict[str, Endpoint] = {}
        self._threads: list[threading.Thread] = []

    def create_endpoint(self, request: dict) -> dict:
        name = request["EndpointName"]
        if name in self.by_name:
            raise existing("endpoint", self.by_name[name].arn)
        config = self._region.configs.get(request["EndpointConfigName"])
        endpoint = Endpoint(self._region, name, config, request.get("DeploymentConfig"))
        policies.check(self._region, endpoint.deployment, config, sum(endpoint.counts.values()))
        self._check_limits(endpoint.usage(config, endpoint.counts))
        self.by_name[name] = endpoint
        self._region.tags.put(endpoint.arn, request.get("Tags"))
        self._go(Deployment(self._region, endpoint).create)
        return {"EndpointArn": endpoint.arn}

    def update_endpoint(self, request: dict) -> dict:
        endpoint = self._idle(request["EndpointName"])
        config = self._region.configs.get(request["EndpointConfigName"])
        if endpoint.status == "Failed":
            raise invalid(f'Cannot update failed endpoint "{endpoint.arn}".')
        if config is endpoint.config:
            raise invalid(f'Endpoint "{endpoint.arn}" already uses endpoint config "{config["EndpointConfigArn"]}".')
        deployment = request.get("DeploymentConfig")
        if request.get("RetainDeploymentConfig"):
            if deployment:
                raise invalid("DeploymentConfig and RetainDeploymentConfig cannot both be given")
            deployment = endpoint.deployment
        policies.check(self._region, deployment, config, sum(endpoint.counts.values()))
        if deployment and names(config) != names(endpoint.config):
            raise invalid("The new endpoint configuration must have the same variant names as the old one")
        if serverless(config) != serverless(endpoint.config):
            raise invalid("Cannot update between a serverless and an instance based endpoint configuration")
        autoscaling.check_update(self._region, endpoint, config)
        counts, weights = retained(endpoint, config, request)
        self._check_limits(endpoint.usage(config, counts))
        endpoint.deployment = deployment
        endpoint.turn("Updating")
        update = Deployment(self._region, endpoint)
        self._go(lambda: update.update(config, counts, weights))
        return {"EndpointArn": endpoint.arn}

    def update_endpoint_weights_and_capacities(self, request: dict) -> dict:
        endpoint = self._idle(request["EndpointName"])
        if endpoint.status == "Failed":
            raise invalid(f'Cannot update failed endpoint "{endpoint.arn}".')
        counts, weights = dict(endpoint.counts), dict(endpoint.weights)
        for wish in request["DesiredWeightsAndCapacities"]:
            name = wish["VariantName"]
            if name not in counts:
                raise invalid(f'Variant "{name}" not found in endpoint "{endpoint.arn}"')
            if serverless(endpoint.config) and "DesiredInstanceCount" in wish:
                raise invalid("DesiredInstanceCount is not supported for serverless endpoints")
            counts[name] = wish.get("DesiredInstanceCount", counts[name])
            weights[name] = wish.get("DesiredWeight", weights[name])
        more = endpoint.usage(endpoint.config, {name: counts[name] - endpoint.counts[name] for name in counts})
        self._check_limits({kind: count for kind, count in more.items() if count > 0})
        endpoint.turn("Updating")
        endpoint.desired = counts
        self._go(lambda: Deployment(self._region, endpoint).resize(counts, weights))
        return {"EndpointArn": endpoint.arn}

    def delete_endpoint(self, request: dict) -> None:
        endpoint = self._idle(request["EndpointName"])
        endpoint.turn("Deleting")
        self._go(lambda: self._delete(endpoint))

    def describe_endpoint(self, request: dict) -> dict:
        return self.get(request["EndpointName"]).describe()

    def list_endpoints(self, request: dict) -> dict:
        return page(request, "Endpoints", [one.summary() for one in self.by_name.values()], "Endpoint")

    def get(self, name: str) -> Endpoint:
        if name not in self.by_name:
            raise missing("endpoint", self._region.arn("endpoint", name))
        return self.by_name[name]

    def stop(self) -> None:
        """Ends all containers; endpoints that were under way stay as they are."""
        for thread in self._threads:
            thread.join(30)
        for endpoint in self.by_name.values():
            for fleet in (endpoint.fleet, endpoint.pending):
                if fleet:
                    fleet.stop()

    def _delete(self, endpoint: Endpoint) -> None:
        autoscaling.deregister(self._region, endpoint)
        Deployment(self._region, endpoint).end()
        with self._region.lock:
            del self.by_name[endpoint.name]
            self._region.tags.drop(endpoint.arn)

    def _idle(self, name: str) -> Endpoint:
        endpoint = self.get(name)
        if endpoint.status in BUSY:
            raise invalid(f'Cannot update in-progress endpoint "{endpoint.arn}".')
        return endpoint

    def _check_limits(self, more: dict[str, int]) -> None:
        limit = self._region.settings.limits["endpoint"]
        for kind, count in more.items():
            used = sum(one.usage(one.config, one.counts).get(kind, 0) for one in self.by_name.values())
            if used + count > limit:
                raise limited(kind, "endpoint", limit, used, count)

    def _go(self, work) -> None:
        if self._region.stopping.is_set():
            raise AwsError("ServiceUnavailable", "the account is being stopped", 503)
        thread = threading.Thread(target=work, daemon=True)
        self._threads.append(thread)
        thread.start()


def names(config: dict) -> list[str]:
    return sorted(variant["VariantName"] for variant in config["ProductionVariants"])


def retained(endpoint: Endpoint, config: dict, request: dict) -> tuple[dict, dict]:
    """Counts and weights of the variants after an update: the configuration's, or where asked those of now."""
    counts = initial(config, "InitialInstanceCount", 1)
    weights = initial(config, "InitialVariantWeight", 1.0)
    if request.get("RetainAllVariantProperties"):
        left = {one["VariantPropertyType"] for one in request.get("ExcludeRetainedVariantProperties", [])}
        if "DesiredInstanceCount" not in left:
            counts |= {name: count for name, count in endpoint.counts.items() if name in counts}
        if "DesiredWeight" not in left:
            weights |= {name: weight for name, weight in endpoint.weights.items() if name in weights}
    return counts, weights
