"""A stage's resources on AWS: planned, applied, shown and deleted."""

from __future__ import annotations

import json
import os
import shlex
from dataclasses import replace

from botocore.exceptions import ClientError

from cloud import rows_file
from cloud.account import Account, Target, verified_account
from cloud.confirmation import confirm
from cloud.provisioning import changes, planning
from cloud.provisioning.terraform import Terraform
from cloud.rows_file import Rows
from stack import wording
from stack.failure import Failure


def create_dev_setup(target: Target, given: Rows, *, confirmed: bool = False) -> None:
    """Creates a stage, dev by default, after it prints the plan and the user confirms; uploads the rows, if given."""
    target = replace(target, stage=target.stage or "dev")
    rows = given.checked() if given.data else None
    account = verified_account(target)
    # The command that does the same without a prompt.
    command = f"create_dev_setup STAGE={account.stage} " + ("DATA=… " if rows else "")
    _create_state_bucket(account, command, confirmed)
    print(f"Terraform's plan for account {account.id}, {account.region}:", flush=True)
    stage = _initialized(account)
    planning.plan(stage, silent=True)
    plan = planning.content(stage)
    text = shlex.quote(planning.short_path(planning.text(account.stage)))
    print("\n".join([*changes.summary(plan), f"the full plan: less {text}"]), flush=True)
    if changes.does_nothing(plan):
        stage.plan.unlink()
    else:
        _require_confirmation(f"Create these resources in account {account.id}?", command, confirmed)
        planning.apply(stage)
    if rows:
        rows_file.upload(account, *rows)
    else:
        command = wording.command("copy_data_to_s3", STAGE=account.stage, DATA="…")
        print(f"no rows were uploaded; to upload a file: {command}")
    command = wording.command("infra-output", STAGE=account.stage)
    print(f"the stage {account.stage} is up to date; its settings: {command}")


def infra_bootstrap(target: Target, *, confirmed: bool = False) -> None:
    """Makes the bucket of a stage's Terraform state, unless it is there."""
    account = verified_account(target)
    if not _create_state_bucket(account, f"infra-bootstrap STAGE={account.stage} ", confirmed):
        print(f"s3://{account.state_bucket} already exists")


def infra_plan(target: Target, image: str | None = None, *, as_json: bool = False) -> None:
    """Shows what applying would change, and keeps just that for infra_apply."""
    account = verified_account(target)
    stage = _initialized(account)
    planning.plan(stage, image, silent=as_json)
    if as_json:
        print(json.dumps(planning.content(stage), indent=2))
        return
    print(f"\nto apply exactly this plan: {wording.command('infra-apply', STAGE=account.stage)}")


def infra_apply(target: Target) -> None:
    """Does what the last infra_plan showed; Terraform rejects it if the stage has changed since."""
    account = verified_account(target)
    stage = root(account)
    if not stage.plan.is_file():
        raise Failure(f"there is no plan for {account.stage}: make infra-plan STAGE={account.stage}", 2)
    planning.apply(stage)


def infra_output(target: Target, *, as_json: bool = False) -> None:
    """Prints the stage's settings, for a shell or as JSON."""
    found = settings(verified_account(target))
    if as_json:
        print(json.dumps(found, indent=2))
        return
    for name, value in found.items():
        print(f"export {name}={shlex.quote(value)}")


def infra_destroy(target: Target, *, confirmed: bool = False) -> None:
    """Deletes what Terraform created of a stage, after confirmation; the bucket of its state stays."""
    account = verified_account(target)
    if not has_state_bucket(account):
        print(f"nothing to delete: Terraform has created no resources of {account.stage} in account {account.id}")
        return
    stage = _initialized(account)
    if not confirmed:
        stage.run("plan", "-destroy", *stage.variables())
        _require_confirmation(
            f"Delete all these resources from account {account.id}?", f"infra-destroy STAGE={account.stage} ", confirmed
        )
    destroy(stage)


def destroy(stage: Terraform) -> None:
    """Deletes what Terraform created of an initialized stage, without confirmation.

    Raises:
        Failure: where not all of it would go
    """
    stage.run("destroy", "-auto-approve", *stage.variables())
    planning.delete_plan(stage)


def settings(account: Account) -> dict[str, str]:
    """The stage's environment variables, as it was applied last.

    Raises:
        Failure: where nothing was applied yet
    """
    if not has_state_bucket(account):
        raise Failure(f"there is no bucket {account.state_bucket}: {account.not_created_message}", 2)
    return exports(account, _initialized(account).outputs())


def exports(account: Account, outputs: dict) -> dict[str, str]:
    """The environment variables of a stage, for tasks and Airflow.

    Raises:
        Failure: where nothing was applied yet
    """
    if not outputs:
        raise Failure(f"nothing was applied to {account.stage} yet: make infra-plan STAGE={account.stage}", 2)
    return {
        "AWS_REGION": account.region,
        "PROPENSITY_STORE": outputs["settings"]["store"],
        "PROPENSITY_SAGEMAKER": json.dumps(outputs["sagemaker"]),
        "PROPENSITY_ECS": json.dumps(outputs["ecs"]),
    }


def root(account: Account) -> Terraform:
    """The stage's folder."""
    return Terraform.of(account, planning.folder(account.stage))


def _initialized(account: Account) -> Terraform:
    stage = root(account)
    initialize(stage)
    return stage


def initialize(stage: Terraform) -> None:
    """Lets Terraform find the stage's state.

    Raises:
        Failure: where there is none, or it cannot be read
    """
    account = stage.account
    if not has_state_bucket(account):
        raise Failure(
            f"there is no bucket {account.state_bucket} for the state of {account.stage}: "
            f"make infra-bootstrap STAGE={account.stage}",
            2,
        )
    arguments = [f"-backend-config=bucket={account.state_bucket}", f"-backend-config=region={account.region}"]
    if os.environ.get("AWS_ENDPOINT_URL"):
        arguments.append("-backend-config=use_path_style=true")
    stage.run("init", "-reconfigure", *arguments, silent=True)


def _create_state_bucket(account: Account, command: str, confirmed: bool) -> bool:
    """Creates the bucket of the stage's state after confirmation; returns whether it did not exist."""
    bootstrap = Terraform.of(account, "bootstrap")
    state = bootstrap.work / "terraform.tfstate"
    # A state is left where the last try was cut off: then the bucket may lack its protections.
    if has_state_bucket(account) and not state.exists():
        return False
    _require_confirmation(
        f"Create the bucket {account.state_bucket} for Terraform's state in account {account.id}?", command, confirmed
    )
    bootstrap.run("init", silent=True)
    bootstrap.run("apply", "-auto-approve", f"-state={state}", *bootstrap.variables("stage"), silent=True)
    print(f"created s3://{account.state_bucket}", flush=True)
    for left in (state, state.with_name(f"{state.name}.backup")):
        left.unlink(missing_ok=True)
    return True


def has_state_bucket(account: Account) -> bool:
    """Whether there is a bucket of the stage's state.

    Raises:
        Failure: where the credentials may not read it
    """
    try:
        account.client("s3").head_bucket(Bucket=account.state_bucket)
    except ClientError as error:
        status = error.response["ResponseMetadata"]["HTTPStatusCode"]
        if status == 404:
            return False
        if status == 403:
            raise Failure(
                f"the bucket {account.state_bucket} cannot be read with these credentials: access denied", 2
            ) from error
        raise
    return True


def _require_confirmation(question: str, command: str, confirmed: bool) -> None:
    """Prompts for confirmation.

    Raises:
        Failure: if it is not given; the message names the command that does not prompt
    """
    if not confirm(question, confirmed):
        raise Failure(f"nothing was changed; without the prompt: make {command}YES=1", 1)
