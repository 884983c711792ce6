"""A Terraform plan in few lines: what would happen to which resource."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

KINDS = {
    ("create",): "create",
    ("update",): "update",
    ("delete", "create"): "replace",
    ("create", "delete"): "replace",
    ("delete",): "delete",
    ("forget",): "forget",
}
"""The names of Terraform's actions; others, as of a later release, are shown as they are."""

QUIET = {("no-op",), ("read",)}
"""Its actions that change nothing."""

SUMMARY_ORDER = [*dict.fromkeys(KINDS.values()), "import", "move"]


def summary(plan: dict[str, Any]) -> list[str]:
    """A line for each resource or output that would change, by its address or name, and last their numbers.

    :param plan: the output of terraform show -json
    """
    found, outputs = list(_resources(plan)), _outputs(plan)
    kinds = [kind for kind, _ in found]
    order = [*SUMMARY_ORDER, *sorted(set(kinds) - set(SUMMARY_ORDER))]
    numbers = [f"{kinds.count(kind)} to {kind}" for kind in order if kind in kinds]
    if outputs:
        numbers.append(f"{len(outputs)} output{'s' if len(outputs) > 1 else ''} to change")
    found += [("output", name) for name in outputs]
    width = max((len(kind) for kind, _ in found), default=0)
    otherwise = "no changes" if does_nothing(plan) else "changes that only the whole plan shows"
    return [*(f"  {kind:{width}}  {address}" for kind, address in sorted(found)), ", ".join(numbers) or otherwise]


def does_nothing(plan: dict[str, Any]) -> bool:
    """Whether applying the plan would change nothing, neither resources nor what is known of them.

    :param plan: the output of terraform show -json
    """
    return not (plan.get("applyable") or any(_resources(plan)) or _outputs(plan))


def _resources(plan: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What would happen, and to which address: two for a resource that is imported or moved and changed too."""
    for each in plan.get("resource_changes", []):
        change, address = each["change"], each["address"]
        if change.get("importing") is not None:
            yield "import", address
        if each.get("previous_address", address) != address:
            yield "move", address
        actions = tuple(change["actions"])
        if actions not in QUIET:
            yield KINDS.get(actions) or " and ".join(actions), address


def _outputs(plan: dict[str, Any]) -> list[str]:
    """The outputs whose values would change."""
    return [name for name, each in plan.get("output_changes", {}).items() if tuple(each["actions"]) not in QUIET]
