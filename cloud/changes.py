"""A Terraform plan in few lines: what would happen to which resource."""

from __future__ import annotations

from typing import Any

KINDS = {
    ("create",): "create",
    ("update",): "update",
    ("delete", "create"): "replace",
    ("create", "delete"): "replace",
    ("delete",): "delete",
    ("forget",): "forget",
}
"""Terraform's actions that change something, by what they come to; reading and leaving alone are none."""


def summary(plan: dict[str, Any]) -> list[str]:
    """A line for each resource that would change, by its address, and last their numbers.

    :param plan: what terraform show -json says of it
    """
    found = [
        (kind, each["address"])
        for each in plan.get("resource_changes", [])
        if (kind := KINDS.get(tuple(each["change"]["actions"])))
    ]
    width = max((len(kind) for kind, _ in found), default=0)
    kinds = [kind for kind, _ in found]
    numbers = [f"{kinds.count(kind)} to {kind}" for kind in dict.fromkeys(KINDS.values()) if kind in kinds]
    return [*(f"  {kind:{width}}  {address}" for kind, address in sorted(found)), ", ".join(numbers) or "no changes"]
