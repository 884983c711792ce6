from __future__ import annotations

import json
import os
from pathlib import Path

import boto3
import pytest
from moto import mock_aws
from samples import DEV

from cloud.account import account
from cloud.deployment import deploying, ledgers
from stack.failure import Failure
from stack.releases.champion_change import ChampionChange

BUCKET = "propensity-dev-123456789012"

LAUNCHER = """#!/bin/sh
echo "$PROPENSITY_STORE $PROPENSITY_SAGEMAKER" >>"$SAID"
echo "$@" >>"$SAID"
for word in "$@"; do
  case "$word" in
    --result=*) echo '{"uri": "s3://a/new-entry", "reason": "'"$1"' is done"}' >"${word#--result=}" ;;
    *"$FAILING"*) code=${CODE:-1} ;;
  esac
done
# As a task's log: without its reason if that is printed separately.
case "$code:$PROPENSITY_JAVA_OPTIONS" in
  1:* | 2:*) echo "ERROR $1 is done" >&2 ;;
  :*Task=warn*) ;;
  :*) echo "INFO $1 is done" >&2 ;;
  killed:*) kill -KILL $$ ;;
esac
exit "${code:-0}"
"""
"""Stands in for the jars: keeps the words that a task was called with."""


@pytest.fixture(autouse=True)
def dev(monkeypatch, tmp_path):
    launcher = tmp_path / "launcher"
    launcher.write_text(LAUNCHER)
    launcher.chmod(0o755)
    for name, value in {
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "PROPENSITY_LAUNCHER": str(launcher),
        "PROPENSITY_SAGEMAKER": '{"image": "one"}',
        "SAID": str(tmp_path / "said"),
        "FAILING": "none of them",
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
    }.items():
        monkeypatch.setenv(name, value)
    for name in ("AWS_ENDPOINT_URL", "CODE", "PROPENSITY_JAVA_OPTIONS"):
        monkeypatch.delenv(name, raising=False)
    with mock_aws():
        yield


@pytest.fixture
def s3():
    client = boto3.client("s3", region_name="eu-west-1")
    client.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    return client


@pytest.fixture
def said(tmp_path):
    """The words that the tasks were called with, so far."""
    return lambda: (tmp_path / "said").read_text().splitlines()[1::2] if (tmp_path / "said").exists() else []


def write(s3, name: str, *entries: tuple[str, int | None]) -> None:
    """Writes a ledger of these actions and the champions' versions after them."""
    for number, (action, champion) in enumerate(entries, 1):
        entry = {"schema": 2, "number": number, "name": name, "action": action}
        if champion:
            entry["champion"] = {"version": champion}
        s3.put_object(Bucket=BUCKET, Key=f"store/{name}/releases/{number:06}.json", Body=json.dumps(entry))


def roll_back(target):
    return deploying.rollback(target, ChampionChange())


def test_deploys_what_the_ledger_names(s3, said, tmp_path):
    write(s3, "insurance", ("released", 1), ("promoted", 2))

    assert deploying.deploy(DEV) == 0

    words = said()[0].split()
    assert words[:3] == [
        "deploy",
        f"--release=s3://{BUCKET}/store/insurance/releases/000002.json",
        "--endpoint=sagemaker:propensity-dev-insurance",
    ]
    (file,) = [word.removeprefix("--dataset=") for word in words if word.startswith("--dataset=")]
    assert "name: insurance" in Path(file).read_text()
    environment = (tmp_path / "said").read_text().splitlines()[0]
    assert environment == f's3://{BUCKET}/store {{"image": "one"}}'
    assert (tmp_path / "summary.md").read_text() == "- propensity-dev-insurance: deploy is done\n"


def test_passes_over_challengers_which_change_nothing_that_answers(s3):
    write(s3, "insurance", ("released", 1), ("challenger", 1), ("challenger", 1))

    assert ledgers.ledger(account(DEV)) == ledgers.Ledger(
        "insurance", f"s3://{BUCKET}/store/insurance/releases/000001.json", 1
    )


@pytest.mark.parametrize("entries", [[("challenger", None)], [("released", 1), ("rolled_back", None)]])
def test_succeeds_and_reports_that_there_is_no_champion(entries, s3, said, capsys):
    write(s3, "insurance", *entries)

    assert deploying.deploy(DEV) == 0

    assert said() == []
    assert "insurance: nothing to deploy: the ledger has no champion yet" in capsys.readouterr().out


def test_an_endpoint_of_a_dataset_without_a_file_captures_nothing(s3, said, capsys):
    write(s3, "elsewhere", ("released", 1))

    assert deploying.deploy(DEV, "elsewhere") == 0

    assert "--dataset=" not in said()[0]
    assert "elsewhere.yaml: its endpoint captures nothing" in capsys.readouterr().err


def test_succeeds_and_reports_that_nothing_was_ever_registered(s3, said, capsys):
    assert deploying.deploy(DEV) == 0
    assert said() == []
    assert f"no model was registered in s3://{BUCKET}/store yet" in capsys.readouterr().out


def test_continues_with_the_others_where_one_fails(s3, said, monkeypatch):
    write(s3, "insurance", ("released", 1))
    write(s3, "santander", ("released", 1))
    monkeypatch.setenv("FAILING", "sagemaker:propensity-dev-insurance")

    assert deploying.deploy(DEV) == 1
    assert [words.split()[2] for words in said()] == [
        "--endpoint=sagemaker:propensity-dev-insurance",
        "--endpoint=sagemaker:propensity-dev-santander",
    ]


def test_deploys_a_model_of_synthetic_rows_by_name_only(s3, said):
    write(s3, "insurance-synthetic", ("released", 1))
    assert deploying.deploy(DEV) == 0
    assert said() == []

    assert deploying.deploy(DEV, "insurance-synthetic") == 0
    assert "--endpoint=sagemaker:propensity-dev-insurance-synthetic" in said()[0]


@pytest.mark.parametrize("named", ["insurance-synthetic", "insurance-sample"])
def test_finds_the_ledger_that_an_earlier_version_wrote_for_synthetic_rows(named, s3, said):
    write(s3, "insurance-sample", ("released", 1))

    assert deploying.deploy(DEV, named) == 0
    assert said()[0].split()[1:3] == [
        f"--release=s3://{BUCKET}/store/insurance-sample/releases/000001.json",
        "--endpoint=sagemaker:propensity-dev-insurance-synthetic",
    ]


def test_prefers_the_ledger_of_the_current_name(s3):
    write(s3, "insurance-sample", ("released", 1))
    write(s3, "insurance-synthetic", ("released", 1), ("promoted", 2))

    assert ledgers.ledger(account(DEV), "insurance-synthetic").version == 2


def test_names_the_endpoint_of_a_dataset_with_an_underscore(s3, said):
    write(s3, "my_data", ("released", 1))
    assert deploying.deploy(DEV, "my_data") == 0
    words = said()[0].split()
    assert words[1:3] == [
        f"--release=s3://{BUCKET}/store/my_data/releases/000001.json",
        "--endpoint=sagemaker:propensity-dev-my-data",
    ]


def test_reports_which_ledgers_there_are_where_the_named_one_is_missing(s3):
    write(s3, "santander", ("released", 1))
    with pytest.raises(Failure, match=r"DATASET=insurance has no release ledger in .*: there are santander"):
        deploying.deploy(DEV, "insurance")


def test_a_rollback_is_verified_at_the_endpoint(s3, said):
    write(s3, "insurance", ("released", 1), ("released", 2))

    assert deploying.rollback(DEV, ChampionChange(why="complaints", who="Ada")) == 0

    rolled_back, proven = said()
    assert rolled_back.startswith("rollback --name=insurance --why=complaints --who=Ada --result=")
    assert proven.startswith("deploy --release=s3://a/new-entry --endpoint=sagemaker:propensity-dev-insurance")


def test_a_rejected_rollback_deploys_nothing(s3, said, monkeypatch):
    write(s3, "insurance", ("released", 1))
    monkeypatch.setenv("FAILING", "rollback")

    assert deploying.rollback(DEV, ChampionChange()) == 1
    assert len(said()) == 1


@pytest.mark.parametrize("settings", ['{"image": null}', "{}"])
@pytest.mark.parametrize("command", [deploying.deploy, roll_back])
def test_reports_how_a_stage_gets_the_image_that_it_has_not_and_changes_nothing(
    command, settings, s3, said, monkeypatch
):
    write(s3, "insurance", ("released", 1), ("released", 2))
    monkeypatch.setenv("PROPENSITY_SAGEMAKER", settings)

    with pytest.raises(Failure) as failure:
        command(DEV)

    assert str(failure.value) == (
        "dev has no task image for its endpoints yet. To push one and print its digest: make image-push STAGE=dev; "
        "to deploy it to the stage: make infra-plan STAGE=dev IMAGE=… and make infra-apply STAGE=dev"
    )
    assert said() == []


def test_a_stage_without_an_image_has_its_history_all_the_same(s3, monkeypatch):
    write(s3, "insurance", ("released", 1))
    monkeypatch.setenv("PROPENSITY_SAGEMAKER", '{"image": null}')
    assert deploying.history(DEV) == 0


@pytest.mark.parametrize("page", ["summary.md", None])
@pytest.mark.parametrize("command", [deploying.deploy, deploying.history])
def test_reports_how_a_task_ended_once(command, page, s3, monkeypatch, tmp_path, capfd):
    write(s3, "insurance", ("released", 1))
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / page) if page else "")

    assert command(DEV) == 0
    output = capfd.readouterr()
    assert output.out.splitlines() == [f"{command.__name__} is done"]
    assert output.err == ""

    monkeypatch.setenv("FAILING", command.__name__)
    assert command(DEV) == 1
    output = capfd.readouterr()
    assert (output.out, output.err) == ("", f"ERROR {command.__name__} is done\n")

    for code in ("137", "killed"):
        monkeypatch.setenv("CODE", code)
        assert command(DEV) == 137
        output = capfd.readouterr()
        assert (output.out, output.err) == ("", f"{command.__name__} failed with exit code 137\n")


def test_reports_where_the_versions_to_choose_from_are_shown():
    with pytest.raises(
        Failure, match="VERSION= is missing: the version to promote; make history STAGE=dev lists the versions"
    ):
        deploying.promote(DEV, ChampionChange())


def test_a_rollback_requires_a_dataset_if_there_are_two(s3):
    write(s3, "insurance", ("released", 1))
    write(s3, "santander", ("released", 1))
    with pytest.raises(Failure, match="DATASET= is missing: one of insurance, santander") as failure:
        deploying.rollback(DEV, ChampionChange())
    assert failure.value.code == 2


@pytest.mark.parametrize("command", [deploying.deploy, roll_back, deploying.history])
def test_reports_in_one_line_how_a_missing_stage_is_created(command):
    with pytest.raises(Failure, match="dev does not exist yet: make create_dev_setup STAGE=dev") as failure:
        command(DEV)
    assert failure.value.code == 2


def test_the_callers_environment_is_left_as_it_is(s3):
    write(s3, "insurance", ("released", 1))
    before = dict(os.environ)
    deploying.deploy(DEV)
    assert dict(os.environ) == before
