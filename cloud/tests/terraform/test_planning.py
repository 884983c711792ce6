"""What is kept of a plan, and who is asked before it is applied."""

from __future__ import annotations

import os
from functools import partial

import pytest
import terraform_stub
from samples import DEV, ROWS
from terraform_stub import make_bucket

from cloud.provisioning import comments, infrastructure, planning
from cloud.rows_file import Rows
from cloud.stage import PROJECT
from stack.failure import Failure


@pytest.fixture(autouse=True)
def dev(monkeypatch, tmp_path):
    with terraform_stub.dev(monkeypatch, tmp_path):
        yield


@pytest.fixture
def terraform(monkeypatch, tmp_path):
    return partial(terraform_stub.install, monkeypatch, tmp_path)


def test_applies_only_what_was_planned(terraform):
    make_bucket()
    asked = terraform("1.11.4")
    with pytest.raises(Failure, match="there is no plan for dev: make infra-plan STAGE=dev") as failure:
        infrastructure.infra_apply(DEV)
    assert failure.value.code == 2

    infrastructure.infra_plan(DEV)
    infrastructure.infra_apply(DEV)
    plan = f"{os.environ['PROPENSITY_STATE']}/cloud/dev/dev/plan"
    assert f"apply -no-color {plan}" in asked()
    with pytest.raises(Failure, match="there is no plan"):
        infrastructure.infra_apply(DEV)


def test_creates_nothing_without_confirmation(terraform):
    asked = terraform("1.11.4")
    with pytest.raises(Failure, match="nothing was changed") as failure:
        infrastructure.create_dev_setup(DEV, Rows())
    assert failure.value.code == 1
    assert "apply" not in asked()

    make_bucket()
    with pytest.raises(Failure, match="nothing was changed"):
        infrastructure.create_dev_setup(DEV, Rows())
    assert "plan" in asked() and "apply" not in asked()


def test_prompts_for_and_applies_nothing_where_nothing_is_to_change_and_goes_on_to_the_rows(
    terraform, monkeypatch, tmp_path, capfd
):
    make_bucket()
    s3 = make_bucket("propensity-dev-123456789012")
    rows = tmp_path / "rows.csv"
    rows.write_text(ROWS)
    asked = terraform("1.11.4", planned={"applyable": False})
    monkeypatch.setattr("builtins.input", lambda question: pytest.fail(question))

    infrastructure.create_dev_setup(DEV, Rows(str(rows)))

    assert "\nno changes\n" in capfd.readouterr().out
    assert "apply" not in asked()
    put = s3.head_object(Bucket="propensity-dev-123456789012", Key="data/insurance/rows.csv")
    assert put["ContentLength"] == len(ROWS)
    with pytest.raises(Failure, match="there is no plan for dev"):
        infrastructure.infra_apply(DEV)


def test_prompts_before_it_changes_no_more_than_an_output(terraform, capfd):
    make_bucket()
    asked = terraform("1.11.4", planned={"applyable": True, "output_changes": {"settings": {"actions": ["update"]}}})
    with pytest.raises(Failure, match="nothing was changed"):
        infrastructure.create_dev_setup(DEV, Rows())
    assert "  output  settings\n1 output to change\n" in capfd.readouterr().out
    assert "apply" not in asked()


def test_keeps_the_plan_as_a_text_beside_the_plan_and_nowhere_else(terraform, tmp_path):
    make_bucket()
    elsewhere = PROJECT / "build" / "plan-dev.txt"
    before = elsewhere.read_bytes() if elsewhere.exists() else None
    terraform("1.11.4")
    with pytest.raises(Failure, match=r"there is no .*/cloud/dev/dev/plan.txt: make infra-plan STAGE=dev"):
        comments.plan_text("dev")

    infrastructure.infra_plan(DEV)

    assert (tmp_path / "cloud" / "dev" / "dev" / "plan.txt").read_text() == "the plan as a text\n"
    assert comments.plan_text("dev") == "the plan as a text"
    assert (elsewhere.read_bytes() if elsewhere.exists() else None) == before


def test_keeps_no_text_of_an_older_plan_than_the_last(terraform):
    make_bucket()
    terraform("1.11.4")
    infrastructure.infra_plan(DEV)
    with pytest.raises(Failure, match="with its digest"):
        infrastructure.infra_plan(DEV, "propensity:latest")
    with pytest.raises(Failure, match=r"there is no .*plan\.txt"):
        comments.plan_text("dev")


def test_names_the_text_of_a_plan_from_the_projects_folder(monkeypatch):
    monkeypatch.delenv("PROPENSITY_STATE")
    assert planning.short_path(planning.text("uat")) == ".propensity/cloud/uat/uat/plan.txt"


def test_reports_what_a_stage_would_be_in_few_lines_before_it_prompts(terraform, monkeypatch, tmp_path, capfd):
    make_bucket()
    terraform("1.11.4")
    questions = []
    monkeypatch.setattr("builtins.input", lambda question: questions.append(capfd.readouterr().out) or "n")
    with pytest.raises(Failure, match="nothing was changed"):
        infrastructure.create_dev_setup(DEV, Rows())
    assert questions == [
        "Terraform's plan for account 123456789012, eu-west-1:\n"
        "  create  a_bucket.this\n"
        "1 to create\n"
        f"the full plan: less {tmp_path}/cloud/dev/dev/plan.txt\n"
    ]

    infrastructure.infra_plan(DEV)
    assert capfd.readouterr().out.startswith("all of the plan\n")
