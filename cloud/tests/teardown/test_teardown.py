"""A stage deleted, with a launcher and a Terraform that note what they are asked."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from moto import mock_aws
from samples import DEV

from cloud.account import Account, Target
from cloud.provisioning import teardown
from stack.failure import Failure

STATE = "propensity-dev-state-123456789012"

PROGRAM = """#!/bin/sh
echo "{name} $*" | sed 's/-chdir=[^ ]* //' >> {asked}
case "$*" in
  *version*) echo '{{"terraform_version": "1.11.4"}}';;
  "state list"*|*" state list"*) echo module.stage.aws_s3_bucket.this;;
esac
case "$*" in *--result=*) for word in "$@"; do
  case "$word" in --result=*) echo "{{\\"reason\\": \\"$FOUND\\"}}" > "${{word#--result=}}";; esac
done;; esac
case "$*" in *$FAILING*) exit ${{CODE:-1}};; esac
"""


@pytest.fixture(autouse=True)
def dev(monkeypatch, tmp_path):
    """Credentials of the example account and no person to ask."""
    settings = {
        "PROPENSITY_STATE": str(tmp_path),
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "FAILING": "none of them",
        "FOUND": "something",
    }
    for name, variable in {"propensity": "PROPENSITY_LAUNCHER", "terraform": "TERRAFORM"}.items():
        program = tmp_path / name
        program.write_text(PROGRAM.format(name=name, asked=tmp_path / "asked"))
        program.chmod(0o755)
        settings[variable] = str(program)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    for name in ("AWS_ENDPOINT_URL", "CODE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    with mock_aws():
        yield


@pytest.fixture
def state():
    """A bucket of Terraform's state."""
    place = {"LocationConstraint": "eu-west-1"}
    s3 = Account("dev", "123456789012", "eu-west-1").client("s3")
    s3.create_bucket(Bucket=STATE, CreateBucketConfiguration=place)


@pytest.fixture
def asked(tmp_path):
    """What the two were asked that matters, in its order."""

    def lines():
        words = [line.split() for line in (tmp_path / "asked").read_text().splitlines()]
        kept = [
            [
                word
                for word in line
                if not word.startswith(("--stage=dev", "--timeout=", "--result=", "-var", "-no-color"))
            ]
            for line in words
        ]
        return [" ".join(line) for line in kept if line[1] not in ("version", "init")]

    return lines


def test_by_itself_it_only_shows_what_there_is(state, asked, capsys):
    assert teardown.delete_resources(DEV) == 0
    assert asked() == ["propensity teardown", "terraform state list"]
    said = capsys.readouterr().out
    assert "created by Terraform:\n  module.stage.aws_s3_bucket.this\n" in said
    assert "\nnothing was deleted; without the prompt: make delete_resources STAGE=dev YES=1" in said


def test_does_not_prompt_where_there_is_nothing(asked, monkeypatch, capsys):
    monkeypatch.setenv("FOUND", "dev has no resources")
    monkeypatch.setattr("builtins.input", lambda question: pytest.fail(question))
    for confirmed in (False, True):
        assert teardown.delete_resources(DEV, confirmed=confirmed) == 0
        assert capsys.readouterr().out == "nothing to delete: dev has no resources in account 123456789012\n"
    assert asked() == ["propensity teardown"] * 2


def test_what_terraform_alone_has_is_something(state, asked, monkeypatch):
    monkeypatch.setenv("FOUND", "dev has no resources")
    assert teardown.delete_resources(DEV, confirmed=True) == 0
    assert "terraform destroy -auto-approve" in asked()


def test_deletes_all_in_order(state, asked):
    assert teardown.delete_resources(DEV, confirmed=True) == 0
    assert asked() == [
        "propensity teardown",
        "terraform state list",
        "propensity teardown --yes",
        "terraform destroy -auto-approve",
        "propensity teardown --yes --with-state",
        "propensity teardown --verify",
    ]


def test_a_user_may_confirm_instead(state, asked, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    assert teardown.delete_resources(DEV) == 0
    assert "terraform destroy -auto-approve" in asked()


def test_goes_on_where_the_task_fails_and_lets_the_verification_decide(state, asked, monkeypatch):
    monkeypatch.setenv("FAILING", "--yes")
    assert teardown.delete_resources(DEV, confirmed=True) == 0
    assert asked()[-1] == "propensity teardown --verify"

    monkeypatch.setenv("FAILING", "--verify")
    assert teardown.delete_resources(DEV, confirmed=True) == 1


def test_keeps_the_state_of_what_terraform_could_not_delete(state, asked, monkeypatch, capfd):
    monkeypatch.setenv("FAILING", "destroy")
    assert teardown.delete_resources(DEV, confirmed=True) == 1
    assert not any("--with-state" in line for line in asked())
    assert asked()[-1] == "propensity teardown --verify"
    assert "terraform destroy failed" in capfd.readouterr().err


def test_without_a_state_terraform_has_nothing_to_delete(asked):
    assert teardown.delete_resources(DEV, confirmed=True) == 0
    assert not any(line.startswith("terraform") for line in asked())


def test_requires_the_registry_only_where_it_is_named(state, asked):
    assert teardown.delete_resources(DEV, registry=True, confirmed=True) == 0
    assert "propensity teardown --yes --with-registry" in asked()
    assert asked()[-1] == "propensity teardown --verify"


def test_stops_where_user_action_is_required_first(state, asked, monkeypatch):
    monkeypatch.setenv("CODE", "2")
    monkeypatch.setenv("FAILING", "teardown")
    with pytest.raises(Failure):
        teardown.delete_resources(DEV, confirmed=True)
    assert asked() == ["propensity teardown"]


def test_reports_all_that_may_be_named_where_no_stage_is():
    with pytest.raises(Failure, match="STAGE= is missing; one of dev, uat, prod, local"):
        teardown.delete_resources(Target())


def test_rejects_another_account(asked, tmp_path):
    with pytest.raises(Failure, match="credentials are of account 123456789012"):
        teardown.delete_resources(replace(DEV, account="210987654321"))
    assert not (tmp_path / "asked").exists()
