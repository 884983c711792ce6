"""The shell of each step of the workflow, in its order, against a simulated account: from an image to a deleted stage.

The stage is created, and its first model trained, asked for scores and looked at, by the commands of docs/aws.md.
"""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import re
import subprocess
import tempfile
from pathlib import Path

import docker
import documented
import github_api
import pytest
import registry
import workflow
from rehearsal import needs
from rehearsal.walk import ENVIRONMENTS, base_environment
from stage_models import Training
from workflow_run import JOBS, WorkflowRun

from account.server import SimulatedAccount
from account.settings import ACCOUNT, REGION, SimulatedSettings

pytestmark = [pytest.mark.aws, pytest.mark.timeout(900)]

ENDPOINT, BUCKET = "propensity-dev-insurance", f"propensity-dev-{ACCOUNT}"
BAIT = Path(tempfile.gettempdir(), f"propensity-bait-{os.getpid()}")
TYPED = f'it\'s "worse"; $(touch {BAIT}) `touch {BAIT}` $(shell touch {BAIT}) $$(touch {BAIT}) ${{HOME}} #\\'
CONTEXT = {
    "github.actor": "ada",
    "github.token": "the-token",
    "inputs.dataset": "",
    "inputs.stage": "dev",
    "inputs.why": TYPED,
    "secrets.DOCKERHUB_TOKEN": "",
    "vars.AWS_ACCOUNT": ACCOUNT,
    "vars.AWS_REGION": REGION,
    "vars.DOCKERHUB_REPOSITORY": "",
    "vars.DOCKERHUB_USERNAME": "",
    "vars.IMAGE_SEVERITY": "",
}


@pytest.fixture(scope="module", autouse=True)
def needed():
    """What the walk needs, beside the rows' file."""
    if missing := needs.missing():
        (pytest.fail if os.environ.get("CI") else pytest.skip)("; ".join(missing))


@pytest.fixture(scope="module")
def account(needed):
    with SimulatedAccount(SimulatedSettings()) as one:
        yield one


@pytest.fixture(scope="module")
def github():
    with github_api.running() as one:
        yield one


@pytest.fixture(scope="module")
def environment(account, github, tmp_path_factory):
    """What all commands run with."""
    folder = tmp_path_factory.mktemp("environment")
    with registry.running(folder) as host:
        yield base_environment(
            **account.environment(),
            GITHUB_API_URL=f"http://127.0.0.1:{github.server_port}",
            GITHUB_REPOSITORY="owner/propensity",
            GITHUB_SHA="abc",
            PROPENSITY_ENVIRONMENTS=str(ENVIRONMENTS),
            PROPENSITY_REGISTRY=host,
            PROPENSITY_STATE=str(folder / "state"),
            TERRAFORM=str(Path(__file__).parents[1] / "account" / "terraform"),
        )
    images = docker.from_env().images
    for tag in images.get("propensity").tags:
        if tag.startswith(host):
            images.remove(tag)


@pytest.fixture(scope="module")
def by_hand(environment, tmp_path_factory):
    """The environment of a person who has created the stage dev, with 12,000 synthetic rows, as the page says."""
    folder = tmp_path_factory.mktemp("person")
    rows = folder / "train.csv.gz"
    rows.write_bytes(gzip.compress(documented.synthetic_rows().encode()))
    person = environment | {"ACCOUNT": ACCOUNT, "DATA": str(rows), "PROPENSITY_FILES": str(folder), "YES": "1"}
    documented.run("make create_dev_setup", person)
    return person


@pytest.fixture(scope="module")
def run(environment, by_hand, tmp_path_factory):
    """A run of the workflow for the stage dev."""
    folder = tmp_path_factory.mktemp("run")
    grype = folder / "grype"
    grype.write_text("#!/bin/sh\nexit 0\n")
    grype.chmod(0o755)
    return WorkflowRun(folder, environment, CONTEXT | {"steps.grype.outputs.cmd": str(grype)})


@pytest.fixture(scope="module")
def training(account, tmp_path_factory):
    """The stage's data scientist, who goes on with the rows that the page's commands have trained on."""
    environment = base_environment(**account.environment(), PROPENSITY_STORE=f"s3://{BUCKET}/store")
    return Training(f"s3://{BUCKET}/data/insurance/train.csv.gz", environment, tmp_path_factory.mktemp("training"))


def config(account) -> str:
    """The configuration that answers on the endpoint, on which nothing is on its way."""
    found = account.client("sagemaker").describe_endpoint(EndpointName=ENDPOINT)
    assert found["EndpointStatus"] == "InService"
    return found["EndpointConfigName"]


def answering_image(account) -> str:
    """The image whose containers answer on the endpoint."""
    sagemaker = account.client("sagemaker")
    variant = sagemaker.describe_endpoint_config(EndpointConfigName=config(account))["ProductionVariants"][0]
    return sagemaker.describe_model(ModelName=variant["ModelName"])["PrimaryContainer"]["Image"]


def last_entry(account) -> dict:
    """The last word of the stage's ledger."""
    s3 = account.client("s3")
    found = s3.list_objects_v2(Bucket=BUCKET, Prefix="store/insurance/releases/")["Contents"]
    return json.loads(s3.get_object(Bucket=BUCKET, Key=max(item["Key"] for item in found))["Body"].read())


def test_builds_the_image_once_and_passes_it_to_the_next_job_as_a_file(run):
    run.step("image", "make image")
    run.step("image", "make sbom")
    run.step("image", "make image-scan")
    run.step("image", "make image-save")
    images = docker.from_env().images
    built = images.get("propensity")
    images.remove("propensity", noprune=True)
    try:
        run.step("deploy", "make image-load")
    finally:
        with contextlib.suppress(docker.errors.ImageNotFound):
            images.get(built.id).tag("propensity")

    assert images.get("propensity").id == built.id


def test_pushes_the_image_to_the_stage_by_its_digest(run):
    # A tree that is worked on has no version of its own.
    said = run.step("deploy", "make image-push", VERSION="walk")

    assert run.context["steps.push.outputs.image"] == said.splitlines()[-1]
    assert re.fullmatch(r"127\.0\.0\.1:\d+/propensity-dev@sha256:[0-9a-f]{64}", said.splitlines()[-1])
    assert run.context["steps.push.outputs.pushed"] == "true"


def test_shows_the_plan_and_applies_it(run, github):
    run.step("deploy", "make infra-plan")
    run.step("deploy", "make infra-comment")
    run.step("deploy", "make infra-apply")

    assert "## Terraform's plan for dev" in run.summary
    assert github.comments[0]["body"] in run.summary
    assert ACCOUNT not in run.summary


def test_reports_that_no_ledger_names_a_model_yet(run):
    assert "nothing to deploy" in run.step("deploy", "make deploy")
    run.step("deploy", "make deploy-summary")

    assert "## dev in eu-west-1" in run.summary
    assert run.context["steps.push.outputs.digest"] in run.summary
    assert "no model has been registered" in run.step("model", "make rollback", fails=True)


def test_the_commands_of_the_page_release_a_model(by_hand):
    documented.run("task train", by_hand)
    words = ["make", "history", "STAGE=dev"]
    history = subprocess.run(words, cwd=workflow.PROJECT, env=by_hand, capture_output=True, text=True, timeout=600)

    assert history.returncode == 0, history.stdout + history.stderr
    assert (history.stdout + history.stderr).count("version 1 of insurance is live") == 1


def test_deploys_the_model_that_the_ledger_names_from_the_image_that_was_pushed(run, account):
    run.step("deploy", "make deploy")
    run.step("deploy", "make deploy-summary")

    assert re.search(rf"\| insurance \| 1 \| {ENDPOINT} \| InService, ", run.summary)
    assert answering_image(account) == run.context["steps.push.outputs.image"]


def test_the_commands_of_the_page_verify_the_endpoint_and_request_scores(by_hand):
    proven = documented.run("make deploy STAGE=dev", by_hand).splitlines()[-1]
    printed = documented.run("make invoke", by_hand)
    scores = (Path(by_hand["PROPENSITY_FILES"]) / "models" / "invoked.csv").read_text().splitlines()

    assert "version 1 is live, and its sample rows score as recorded" in proven
    assert f"| insurance | 1 | {ENDPOINT} | InService" in printed
    assert len(scores) == 12_001


def test_redeploys_the_model_that_the_ledger_names_now(run, account, training):
    first = config(account)
    training.release(eta=0.2)
    assert "version 2 is live" in run.step("model", "make deploy")

    assert config(account) != first
    assert "version 2 is live" in run.step("model", "make deploy")


def test_a_model_that_does_not_answer_fails_the_job_and_the_one_before_keeps_responding(run, account, training):
    second = config(account)
    training.release(eta=0.3)
    account.faults.unhealthy()
    try:
        assert "ping health check" in run.step("model", "make deploy", fails=True)
    finally:
        account.faults.clear()
    # GitHub runs it always.
    run.step("model", "make deploy-summary")

    assert config(account) == second
    assert last_entry(account)["action"] == "rolled_back"
    assert last_entry(account)["champion"]["version"] == 2
    assert re.search(rf"\| insurance \| 2 \| {ENDPOINT} \| InService, ", run.summary)


def test_rolls_back_for_a_reason_that_is_no_command(run, account):
    second = config(account)
    assert "version 1 is live" in run.step("model", "make rollback")

    assert config(account) != second
    assert last_entry(account)["why"] == TYPED
    assert last_entry(account)["who"] == "ada"
    assert not BAIT.exists()


def test_a_dataset_that_a_user_types_is_no_command(run):
    run.context["inputs.dataset"] = TYPED
    try:
        assert "has no release ledger" in run.step("model", "make deploy", fails=True)
    finally:
        run.context["inputs.dataset"] = ""
    assert not BAIT.exists()


@pytest.mark.parametrize(
    ("typed", "goes_on"), [("delete dev", True), ("delete prod", False), ("yes", False), ("", False)]
)
def test_a_teardown_goes_on_only_if_the_stage_was_typed(run, typed, goes_on):
    run.context["inputs.confirm"] = typed
    run.step("teardown", 'test "$CONFIRM" = "delete $STAGE"', fails=not goes_on)


def test_deletes_the_stage(run, account):
    assert f"all resources of dev in account {ACCOUNT} are deleted" in run.step("teardown", "make delete_resources")

    assert account.client("s3").list_buckets()["Buckets"] == []
    assert account.client("sagemaker").list_endpoints()["Endpoints"] == []


def test_no_step_was_left_out(run):
    every = {(job, step["run"]) for job, content in JOBS.items() for step in workflow.steps(content) if "run" in step}
    # What these run is the suite that this is a part of.
    assert every - run.walked == {("test", "make check"), ("test", "make test")}
