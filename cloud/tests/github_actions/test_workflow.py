from __future__ import annotations

import re

import pytest
import workflow

DEPLOY = workflow.read()
JOBS = DEPLOY["jobs"]
STEPS = [(name, step) for name, job in JOBS.items() for step in workflow.steps(job)]
ON_AWS = ["deploy", "model", "teardown"]


def test_each_branch_goes_to_its_stage_and_a_user_chooses_among_four_actions():
    assert DEPLOY["on"]["push"] == {"branches": ["dev", "uat", "main"]}
    inputs = DEPLOY["on"]["workflow_dispatch"]["inputs"]
    assert inputs["stage"]["options"] == ["dev", "uat", "prod"]
    assert inputs["action"]["options"] == ["deploy", "redeploy", "rollback", "teardown"]


def test_a_push_deploys_only_where_the_repository_enables_it():
    switch = "(github.event_name == 'push' && vars.DEPLOY == 'true') || inputs.action == 'deploy'"
    assert JOBS["test"]["if"] == switch


def test_two_deployments_of_a_stage_never_overlap_and_none_is_cut_off():
    stage = "inputs.stage || (github.ref_name == 'main' && 'prod') || github.ref_name"
    assert DEPLOY["concurrency"] == {"group": f"deploy-${{{{ {stage} }}}}", "cancel-in-progress": False}
    assert JOBS["deploy"]["environment"] == f"${{{{ {stage} }}}}"
    assert JOBS["deploy"]["env"]["STAGE"] == f"${{{{ {stage} }}}}"


@pytest.mark.parametrize(("job", "step"), [(job, step) for job, step in STEPS if "uses" in step])
def test_each_action_is_pinned_by_its_commit(job, step):
    assert re.fullmatch(r"[\w.-]+(/[\w.-]+)+@[0-9a-f]{40}", step["uses"])
    line = next(line for line in workflow.FILE.read_text().splitlines() if step["uses"] in line)
    assert re.search(r"# v\d+\.\d+\.\d+$", line), line


@pytest.mark.parametrize(("job", "step"), [(job, step) for job, step in STEPS if "run" in step])
def test_each_step_is_a_target_that_a_user_can_run(job, step):
    command = step["run"].strip()
    assert "${{" not in command
    if command != 'test "$CONFIRM" = "delete $STAGE"':
        assert re.fullmatch(r"make [a-z_-]+", command)
        assert command.removeprefix("make ") in workflow.targets()


def test_each_job_that_checks_has_terraform_whose_form_is_checked():
    for job in JOBS.values():
        if any(step.get("run") == "make check" for step in workflow.steps(job)):
            assert any("hashicorp/setup-terraform@" in step.get("uses", "") for step in workflow.steps(job))


def test_no_job_may_more_than_it_needs():
    assert DEPLOY["permissions"] == {}
    read, sign = {"contents": "read"}, {"contents": "read", "id-token": "write"}
    assert {name: job["permissions"] for name, job in JOBS.items()} == {
        "test": read,
        "image": read,
        "deploy": sign | {"attestations": "write", "pull-requests": "write"},
        "model": sign,
        "teardown": sign,
    }


@pytest.mark.parametrize("job", ON_AWS)
def test_aws_is_reached_by_the_environments_role_alone(job):
    found = [step for step in workflow.steps(JOBS[job]) if "configure-aws-credentials" in step.get("uses", "")]
    assert len(found) == 1
    assert found[0]["with"]["role-to-assume"] == "${{ vars.AWS_ROLE }}"
    assert found[0]["with"]["allowed-account-ids"] == "${{ vars.AWS_ACCOUNT }}"
    assert not {"aws-access-key-id", "aws-secret-access-key"} & set(found[0]["with"])
    assert "environment" in JOBS[job]


def test_the_only_secret_is_docker_hubs_and_one_step_has_it():
    text = workflow.FILE.read_text()
    assert re.findall(r"secrets\.\w+", text) == ["secrets.DOCKERHUB_TOKEN"]
    assert text.count("github.token") == 1


@pytest.mark.parametrize(
    ("job", "step"), [(job, step) for job, step in STEPS if "actions/checkout@" in step.get("uses", "")]
)
def test_no_checkout_keeps_its_credentials(job, step):
    assert step["with"]["persist-credentials"] is False


def test_what_a_user_types_reaches_the_shell_through_the_environment_alone():
    for _, step in STEPS:
        assert "inputs." not in step.get("run", "")


def test_a_teardown_is_confirmed_before_anything_else():
    first = workflow.steps(JOBS["teardown"])[0]
    assert first["run"] == 'test "$CONFIRM" = "delete $STAGE"'
    assert first["env"] == {"CONFIRM": "${{ inputs.confirm }}"}


def test_a_deployment_goes_from_image_to_verification_in_this_order():
    runs = [step["run"] for step in workflow.steps(JOBS["image"]) + workflow.steps(JOBS["deploy"]) if "run" in step]
    assert runs == [
        "make image",
        "make sbom",
        "make image-scan",
        "make image-save",
        "make image-load",
        "make image-push",
        "make infra-plan",
        "make infra-comment",
        "make infra-apply",
        "make deploy",
        "make deploy-summary",
    ]
    assert [JOBS["image"]["needs"], JOBS["deploy"]["needs"]] == ["test", "image"]
