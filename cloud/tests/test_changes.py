from __future__ import annotations

from cloud import changes


def plan(**actions: list[str]) -> dict:
    return {"resource_changes": [{"address": name, "change": {"actions": each}} for name, each in actions.items()]}


def test_tells_what_would_happen_to_which_resource_and_how_many_they_are():
    found = plan(
        bucket=["update"],
        alarm=["delete", "create"],
        role=["create"],
        topic=["delete"],
        cluster=["create"],
        family=["create", "delete"],
        account=["read"],
        group=["no-op"],
    )
    assert changes.summary(found) == [
        "  create   cluster",
        "  create   role",
        "  delete   topic",
        "  replace  alarm",
        "  replace  family",
        "  update   bucket",
        "2 to create, 1 to update, 2 to replace, 1 to delete",
    ]


def test_says_that_nothing_would_change():
    assert changes.summary(plan(account=["read"], group=["no-op"])) == ["no changes"]
    assert changes.summary({}) == ["no changes"]
