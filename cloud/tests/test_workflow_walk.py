"""The workflow's steps, in their order and with the files that GitHub gives them, against stand-ins."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import docker
import github_api
import pytest
import registry
import workflow
from docker.errors import DockerException

from account.server import Account
from account.settings import Settings

pytestmark = pytest.mark.aws

JOBS = workflow.read()["jobs"]
CONTEXT = {
    "github.actor": "ada",
    "github.token": "the-token",
    "inputs.dataset": "",
    "inputs.stage": "dev",
    "inputs.why": "$(touch /tmp/never) `touch /tmp/never`",
    "secrets.DOCKERHUB_TOKEN": "",
    "vars.AWS_ACCOUNT": "123456789012",
    "vars.AWS_REGION": "eu-west-1",
    "vars.DOCKERHUB_REPOSITORY": "",
    "vars.DOCKERHUB_USERNAME": "",
    "vars.IMAGE_SEVERITY": "",
}


class Run:
    """One run of the workflow: what its steps leave to each other."""

    def __init__(self, folder: Path, surroundings: dict[str, str]):
        self.folder = folder
        self.surroundings = surroundings
        self.context = CONTEXT | {"steps.grype.outputs.cmd": surroundings["GRYPE"]}

    @property
    def summary(self) -> str:
        """The run's page."""
        file = self.folder / "summary.md"
        return file.read_text() if file.exists() else ""

    def step(self, job: str, command: str, **more: str) -> str:
        """Runs the step of this command as a runner does; what it printed."""
        step = next(step for step in workflow.steps(JOBS[job]) if step.get("run") == command)
        output = self.folder / "output"
        output.unlink(missing_ok=True)
        files = {"GITHUB_OUTPUT": str(output), "GITHUB_STEP_SUMMARY": str(self.folder / "summary.md")}
        given = JOBS[job].get("env", {}) | step.get("env", {})
        environment = self.surroundings | files | {name: self._said(str(value)) for name, value in given.items()} | more
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=workflow.PROJECT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=600,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        if "id" in step and output.exists():
            for line in output.read_text().splitlines():
                name, _, value = line.partition("=")
                self.context[f"steps.{step['id']}.outputs.{name}"] = value
        return done.stdout

    def _said(self, text: str) -> str:
        """The text with its expressions' values; the one that finds the stage is of a push to dev."""
        text = text.replace(
            "${{ inputs.stage || (github.ref_name == 'main' && 'prod') || github.ref_name }}",
            self.context["inputs.stage"],
        )
        return re.sub(r"\${{ ([\w.]+) }}", lambda match: self.context[match.group(1)], text)


@pytest.fixture(scope="module")
def image():
    try:
        docker.from_env().images.get("propensity")
    except DockerException:
        pytest.skip("no task image was built")


@pytest.fixture(scope="module")
def run(image, tmp_path_factory):
    """A run for the stage dev, which a person has made before by hand."""
    if registry.program() is None:
        pytest.skip("there is no docker-registry: .ci/registry brings it")
    folder = tmp_path_factory.mktemp("run")
    grype = folder / "grype"
    grype.write_text("#!/bin/sh\nexit 0\n")
    grype.chmod(0o755)
    with Account(Settings()) as account, registry.running(folder) as host, github_api.running() as github:
        surroundings = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
        surroundings |= account.environment() | {
            "GITHUB_API_URL": f"http://127.0.0.1:{github.server_port}",
            "GITHUB_REPOSITORY": "owner/propensity",
            "GITHUB_SHA": "abc",
            "GRYPE": str(grype),
            "PROPENSITY_REGISTRY": host,
            "PROPENSITY_STATE": str(folder / "state"),
            "TERRAFORM": str(Path(__file__).parent / "account" / "terraform"),
        }
        by_hand = surroundings | {"STAGE": "dev", "ACCOUNT": "123456789012", "REGION": "eu-west-1", "YES": "1"}
        subprocess.run(
            ["make", "create_dev_setup"],
            cwd=workflow.PROJECT,
            env=by_hand,
            check=True,
            capture_output=True,
            timeout=600,
        )
        one = Run(folder, surroundings)
        one.github, one.account = github, account
        yield one
    for tag in docker.from_env().images.get("propensity").tags:
        if tag.startswith("127.0.0.1:"):
            docker.from_env().images.remove(tag)


def test_brings_the_image_to_the_stage_by_its_digest(run):
    run.step("image", "make sbom")
    run.step("image", "make image-scan")
    # A tree that is worked on has no version of its own.
    said = run.step("deploy", "make image-push", VERSION="walk")

    assert run.context["steps.push.outputs.image"] == said.splitlines()[-1]
    assert re.fullmatch(r"127\.0\.0\.1:\d+/propensity-dev@sha256:[0-9a-f]{64}", said.splitlines()[-1])
    assert run.context["steps.push.outputs.pushed"] == "true"


def test_shows_the_plan_and_applies_it(run):
    run.step("deploy", "make infra-plan")
    run.step("deploy", "make infra-comment")
    run.step("deploy", "make infra-apply")

    assert "## Terraform's plan for dev" in run.summary
    assert run.github.comments[0]["body"] in run.summary
    assert "123456789012" not in run.summary


def test_says_that_no_ledger_names_a_model_yet(run):
    assert "nothing to deploy" in run.step("deploy", "make deploy")
    run.step("deploy", "make deploy-summary")

    assert "## dev in eu-west-1" in run.summary
    assert run.context["steps.push.outputs.digest"] in run.summary


def test_what_a_person_types_is_no_command(run, tmp_path):
    bait = Path("/tmp/never")
    with pytest.raises(AssertionError, match="no model was ever registered"):
        run.step("model", "make rollback")
    assert not bait.exists()


@pytest.mark.parametrize(("typed", "code"), [("delete dev", 0), ("delete prod", 1), ("yes", 1), ("", 1)])
def test_a_teardown_goes_on_only_if_the_stage_was_typed(typed, code):
    command = workflow.steps(JOBS["teardown"])[0]["run"]
    done = subprocess.run(["bash", "-e", "-c", command], env={"STAGE": "dev", "CONFIRM": typed}, check=False)
    assert done.returncode == code
