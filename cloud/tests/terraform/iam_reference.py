"""Holds IAM statements to AWS's service authorization reference, as the package policy_sentry carries it.

    python iam_reference.py < {"policy": [statement, …], …}

Prints a line for each action that AWS does not know, that knows none of the statement's resources or conditions, or
that could name a resource and does not. For the environment `checkov`, which has the package.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator

from policy_sentry.querying.actions import get_action_data
from policy_sentry.querying.conditions import get_condition_keys_for_service
from policy_sentry.shared.iam_data import get_service_prefix_data

NEWER = {"sagemaker:DeleteTrainingJob", "s3:ListTagsForResource", "s3:TagResource", "s3:UntagResource"}
"""Actions, or resources of theirs, that are younger than the package."""


def faults(statement: dict) -> Iterator[str]:
    conditions = {key for operands in statement.get("Condition", {}).values() for key in operands}
    for action in statement["Action"]:
        service, name = action.split(":")
        rows = {} if action in NEWER else get_action_data(service, name)
        if not rows and action not in NEWER:
            yield f"{action}: no such action"
            continue
        taken = _keys(service, name, rows)
        for key in conditions:
            if not any(one.fullmatch(key) for one in taken):
                yield f"{action}: knows no condition {key}"
        if not rows:
            continue
        known = [row["resource_arn_format"] for row in rows[service]]
        named = [re.compile(_pattern(form)) for form in known if form != "*"]
        wanted = [arn for arn in statement["Resource"] if arn != "*"]
        if wanted and not any(form.fullmatch(arn) for form in named for one in wanted for arn in _meant(one)):
            yield f"{action}: knows no resource like {wanted[0]}, but {', '.join(known)}"
        if not wanted and named and not conditions:
            yield f"{action}: may name its resources, {', '.join(known)}"


def _keys(service: str, name: str, rows: dict) -> list[re.Pattern]:
    """The conditions that AWS documents with the action or its resources; of a younger one, with the service."""
    if rows:
        types = get_service_prefix_data(service)["privileges"][name]["resource_types"].values()
        keys = {key for row in [*rows[service], *types] for key in row["condition_keys"]}
    else:
        keys = set(get_condition_keys_for_service(service))
    return [re.compile(re.escape(key.partition("${")[0]) + (".+" if "${" in key else "")) for key in keys]


def _meant(arn: str) -> tuple[str, ...]:
    """The ARN, and what its last star may stand for: a group's streams."""
    return (arn, f"{arn[:-1]}:log-stream:any") if arn.endswith("*") else (arn,)


def _pattern(form: str) -> str:
    # A bucket's name has no slash, which tells it from its objects.
    parts = re.split(r"(\$\{\w+\})", form)
    return "".join(
        ("[^/]+" if part == "${BucketName}" else ".+") if part.startswith("${") else re.escape(part) for part in parts
    )


def main() -> int:
    found = [
        f"{name}, {statement.get('Sid')}: {fault}"
        for name, statements in json.load(sys.stdin).items()
        for statement in statements
        for fault in faults(statement)
    ]
    for fault in found:
        print(fault)
    return len(found)


if __name__ == "__main__":
    sys.exit(min(main(), 1))
