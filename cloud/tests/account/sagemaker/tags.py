"""Tags of SageMaker's resources."""

from __future__ import annotations

from account.common.errors import invalid


class Tags:
    def __init__(self, region):
        self._region = region
        # By ARN, for each resource that is there.
        self.of: dict[str, dict[str, str]] = {}

    def put(self, arn: str, tags: list[dict] | None) -> None:
        """The tags of a resource that is being made."""
        self.of[arn] = checked({}, tags or [])

    def drop(self, arn: str) -> None:
        self.of.pop(arn, None)

    def add_tags(self, request: dict) -> dict:
        arn = self._known(request["ResourceArn"])
        self.of[arn] = checked(self.of[arn], request["Tags"])
        return {"Tags": listed(self.of[arn])}

    def delete_tags(self, request: dict) -> None:
        arn = self._known(request["ResourceArn"])
        for key in request["TagKeys"]:
            self.of[arn].pop(key, None)

    def list_tags(self, request: dict) -> dict:
        return {"Tags": listed(self.of[self._known(request["ResourceArn"])])}

    def _known(self, arn: str) -> str:
        if arn not in self.of:
            raise invalid(f"Could not find resource {arn}")
        return arn


def checked(old: dict[str, str], new: list[dict]) -> dict[str, str]:
    keys = [tag["Key"] for tag in new]
    if len(keys) != len(set(keys)):
        raise invalid("Tags contain duplicate keys")
    for key in keys:
        if key.lower().startswith("aws:"):
            raise invalid(f"Tag keys must not start with aws:, as {key} does")
    tags = old | {tag["Key"]: tag["Value"] for tag in new}
    if len(tags) > 50:
        raise invalid(f"A resource has at most 50 tags, not {len(tags)}")
    return tags


def listed(tags: dict[str, str]) -> list[dict]:
    return [{"Key": key, "Value": value} for key, value in tags.items()]
