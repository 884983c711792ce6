"""Creates in the simulated account what a Terraform plan lists, where a provider knows only schemas.

    python -m account.planned.applying apply --plan plan.json      (terraform show -json PLAN > plan.json)
    python -m account.planned.applying destroy --plan plan.json

Doing either again changes nothing. Values that a plan does not know, like a key's number, are found by name.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from account.planned import resources

ABSENT = {
    "NoSuchBucket",
    "NoSuchEntity",
    "NoSuchBucketPolicy",
    "NotFound",
    "NotFoundException",
    "RepositoryNotFoundException",
}
ABSENT |= {"ResourceNotFoundException", "ClusterNotFoundException", "LifecyclePolicyNotFoundException"}
THERE = {"BucketAlreadyOwnedByYou", "EntityAlreadyExists", "RepositoryAlreadyExistsException", "AlreadyExistsException"}
THERE |= {"ResourceAlreadyExistsException", "DuplicateRecordException"}


class Clients:
    """Clients of the account that the environment names, one a service."""

    def __init__(self, region: str, account: str):
        self.region, self.account, self._made = region, account, {}

    def __getattr__(self, service: str) -> Any:
        if service not in self._made:
            config = Config(s3={"addressing_style": "path"})
            name = service.replace("_", "-")
            self._made[service] = boto3.client(name, region_name=self.region, config=config)
        return self._made[service]


def apply(plan: dict[str, Any]) -> int:
    """Makes all that the plan has; how many resources."""
    clients, tags = _clients(plan), _tags(plan)
    found = sorted(_resources(plan), key=lambda each: list(resources.MAKERS).index(each["type"]))
    for each in found:
        try:
            resources.MAKERS[each["type"]][0](clients, each["values"], tags)
        except ClientError as error:
            if error.response["Error"]["Code"] not in THERE:
                raise
    return len(found)


def destroy(plan: dict[str, Any]) -> int:
    """Takes all of it away again, whether or not it is there; how many resources. A bucket must be empty."""
    clients = _clients(plan)
    found = sorted(_resources(plan), key=lambda each: -list(resources.MAKERS).index(each["type"]))
    for each in found:
        try:
            resources.MAKERS[each["type"]][1](clients, each["values"])
        except ClientError as error:
            if error.response["Error"]["Code"] not in ABSENT:
                raise
    return len(found)


def outputs(plan: dict[str, Any]) -> dict[str, Any]:
    """The plan's outputs, as a state keeps them."""
    return {
        name: {"value": each["value"], "type": each["type"]} for name, each in plan["planned_values"]["outputs"].items()
    }


def addresses(plan: dict[str, Any]) -> list[str]:
    """What Terraform calls the plan's resources."""
    return [each["address"] for each in _resources(plan)]


def _resources(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    waiting = [plan["planned_values"]["root_module"]]
    while waiting:
        module = waiting.pop()
        yield from module.get("resources", [])
        waiting += module.get("child_modules", [])


def _clients(plan: dict[str, Any]) -> Clients:
    variables = plan["variables"]
    return Clients(variables["region"]["value"], variables["account"]["value"])


def _tags(plan: dict[str, Any]) -> dict[str, str]:
    """The provider's default tags."""
    said = plan["configuration"]["provider_config"]["aws"]["expressions"]["default_tags"][0]["tags"]
    # Known, unless a variable is in it: the bootstrap's stage.
    if "constant_value" in said:
        return said["constant_value"]
    return {"propensity:project": "propensity", "propensity:environment": plan["variables"]["stage"]["value"]}


def main() -> None:
    parser = argparse.ArgumentParser(prog="account.planned.applying", description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["apply", "destroy"])
    parser.add_argument("--plan", type=Path, required=True, help="what terraform show -json says")
    options = parser.parse_args()
    if not os.environ.get("AWS_ENDPOINT_URL"):
        parser.error("AWS_ENDPOINT_URL is not set: this is for a simulated account")
    plan = json.loads(options.plan.read_text(encoding="utf-8"))
    print(f"{(apply if options.what == 'apply' else destroy)(plan)} resources")


if __name__ == "__main__":
    main()
