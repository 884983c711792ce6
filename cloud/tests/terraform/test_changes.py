from __future__ import annotations

import json
import subprocess

import pytest

from cloud.provisioning import changes


def plan(**actions: list[str]) -> dict:
    return {"resource_changes": [{"address": name, "change": {"actions": each}} for name, each in actions.items()]}


def test_reports_what_would_happen_to_which_resource_and_how_many_they_are():
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


def test_reports_that_nothing_would_change():
    assert changes.summary(plan(account=["read"], group=["no-op"])) == ["no changes"]
    assert changes.summary({}) == ["no changes"]


def test_reports_what_is_imported_moved_forgotten_and_which_outputs_change():
    found = plan(role=["update"], bucket=["no-op"], topic=["no-op"], alarm=["forget"])
    role, bucket, topic, _ = found["resource_changes"]
    role["change"]["importing"] = {"id": "propensity-dev"}
    bucket["change"]["importing"] = {"id": "propensity-dev"}
    topic["previous_address"] = "old_topic"
    outputs = {"settings": {"actions": ["update"]}, "ecs": {"actions": ["no-op"]}, "gone": {"actions": ["delete"]}}
    assert changes.summary(found | {"output_changes": outputs, "applyable": True}) == [
        "  forget  alarm",
        "  import  bucket",
        "  import  role",
        "  move    topic",
        "  output  gone",
        "  output  settings",
        "  update  role",
        "1 to update, 1 to forget, 2 to import, 1 to move, 2 outputs to change",
    ]


def test_reports_actions_that_it_does_not_know_by_their_own_names():
    assert changes.summary(plan(role=["create", "forget"], topic=["create"], alarm=["rename"])) == [
        "  create             topic",
        "  create and forget  role",
        "  rename             alarm",
        "1 to create, 1 to create and forget, 1 to rename",
    ]


@pytest.mark.parametrize(
    "found",
    [
        plan(bucket=["create", "forget"]),
        plan(bucket=["forget"]),
        {"resource_changes": [{"address": "bucket", "change": {"actions": ["no-op"], "importing": {"id": "b"}}}]},
        {"resource_changes": [{"address": "b", "previous_address": "a", "change": {"actions": ["no-op"]}}]},
        {"output_changes": {"settings": {"actions": ["update"]}}},
        plan(account=["read"]) | {"applyable": True},
    ],
)
def test_reports_no_changes_only_where_terraform_would_do_nothing(found):
    assert not changes.does_nothing(found)
    assert "no changes" not in changes.summary(found)


def test_knows_a_plan_that_does_nothing():
    nothing = plan(bucket=["no-op"]) | {"output_changes": {"settings": {"actions": ["no-op"]}}, "applyable": False}
    assert changes.does_nothing(nothing)
    assert changes.summary(nothing) == ["no changes"]


@pytest.mark.aws
def test_reads_what_terraform_itself_plans(tmp_path):
    def terraform(*words: str) -> str:
        command = ["terraform", f"-chdir={tmp_path}", *words]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def planned(text: str) -> dict:
        """Terraform's plan for this text, after which it is applied; resources of its own need no provider."""
        (tmp_path / "main.tf").write_text(text)
        terraform("plan", "-out=plan")
        found = json.loads(terraform("show", "-json", "plan"))
        terraform("apply", "plan")
        return found

    one, other = 'resource "terraform_data" "a" {}\n', 'resource "terraform_data" "b" {}\n'
    terraform("init")
    output = "1 output to change"
    assert changes.summary(planned(one + 'output "o" { value = 1 }'))[-1] == f"1 to create, {output}"
    assert changes.summary(planned(one + 'output "o" { value = 1 }')) == ["no changes"]
    assert changes.summary(planned(one + 'output "o" { value = 2 }')) == ["  output  o", output]
    moved = other + "moved {\n  from = terraform_data.a\n  to = terraform_data.b\n}\n"
    assert changes.summary(planned(moved))[-1] == f"1 to move, {output}"
    forgotten = "removed {\n  from = terraform_data.b\n  lifecycle {\n    destroy = false\n  }\n}\n"
    assert changes.summary(planned(forgotten)) == ["  forget  terraform_data.b", "1 to forget"]
    imported = one + 'import {\n  to = terraform_data.a\n  id = "one"\n}\n'
    assert changes.summary(planned(imported)) == ["  import  terraform_data.a", "1 to import"]
