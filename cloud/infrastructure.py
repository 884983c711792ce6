"""A stage's resources on AWS: planned, applied, shown and deleted."""

from __future__ import annotations

import json
import os
import shlex

from botocore.exceptions import ClientError

from cloud import changes, data, planning
from cloud.account import Account, verified_account
from cloud.confirmation import confirm
from cloud.failure import Failure
from cloud.terraform import Terraform


def create_dev_setup() -> None:
    """Makes a stage, dev unless STAGE= names another, after telling what that is and asking; puts DATA= there."""
    os.environ["STAGE"] = os.environ.get("STAGE") or "dev"
    rows = data.checked_rows() if os.environ.get("DATA") else None
    account = verified_account()
    _create_state_bucket(account, "create_dev_setup")
    print(f"what Terraform would do in account {account.id}, {account.region}:", flush=True)
    stage = _initialized(account)
    planning.plan(stage, silent=True)
    plan = planning.content(stage)
    text = shlex.quote(planning.short_path(planning.text(account.stage)))
    print("\n".join([*changes.summary(plan), f"the whole plan: less {text}"]), flush=True)
    if changes.does_nothing(plan):
        stage.plan.unlink()
    else:
        _require_confirmation(f"Make this in account {account.id}?", account, "create_dev_setup")
        planning.apply(stage)
    if rows:
        data.upload(account, *rows)
    else:
        print(f"no DATA= was given, no rows are there yet: make copy_data_to_s3 STAGE={account.stage} DATA=…")
    print(f"{account.stage} is there; its settings: make infra-output STAGE={account.stage}")


def infra_bootstrap() -> None:
    """Makes the bucket of a stage's Terraform state, unless it is there."""
    account = verified_account()
    if not _create_state_bucket(account, "infra-bootstrap"):
        print(f"s3://{account.state_bucket} is already there")


def infra_plan() -> None:
    """Shows what applying would change, and keeps just that for infra_apply."""
    account = verified_account()
    planning.plan(_initialized(account))
    print(f"\nmake infra-apply STAGE={account.stage} does this and nothing else")


def infra_apply() -> None:
    """Does what the last infra_plan showed; Terraform rejects it if the stage has changed since."""
    account = verified_account()
    stage = root(account)
    if not stage.plan.is_file():
        raise Failure(f"there is no plan for {account.stage}: make infra-plan STAGE={account.stage}")
    planning.apply(stage)


def infra_output() -> None:
    """Prints the stage's settings, for a shell to take."""
    for name, value in settings(verified_account()).items():
        print(f"export {name}={shlex.quote(value)}")


def infra_destroy() -> None:
    """Deletes what Terraform created of a stage, after confirmation; the bucket of its state stays."""
    account = verified_account()
    if not has_state_bucket(account):
        print(f"nothing of {account.stage} that Terraform created is in account {account.id}: nothing to delete")
        return
    stage = _initialized(account)
    if not os.environ.get("YES"):
        stage.run("plan", "-destroy", *stage.variables())
        _require_confirmation(f"Delete all of this from account {account.id}?", account, "infra-destroy")
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
        raise Failure(f"there is no bucket {account.state_bucket}: {account.not_created_message}")
    return exports(account, _initialized(account).outputs())


def exports(account: Account, outputs: dict) -> dict[str, str]:
    """The environment variables of a stage, for tasks and Airflow.

    Raises:
        Failure: where nothing was applied yet
    """
    if not outputs:
        raise Failure(f"nothing was applied to {account.stage} yet: make infra-plan STAGE={account.stage}")
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
        Failure: where there is none, or it may not be read
    """
    account = stage.account
    if not has_state_bucket(account):
        raise Failure(
            f"there is no bucket {account.state_bucket} for the state of {account.stage}: "
            f"make infra-bootstrap STAGE={account.stage}"
        )
    arguments = [f"-backend-config=bucket={account.state_bucket}", f"-backend-config=region={account.region}"]
    if os.environ.get("AWS_ENDPOINT_URL"):
        arguments.append("-backend-config=use_path_style=true")
    stage.run("init", "-reconfigure", *arguments, silent=True)


def _create_state_bucket(account: Account, command: str) -> bool:
    """Makes the bucket of the stage's state, after asking; whether it had to."""
    bootstrap = Terraform.of(account, "bootstrap")
    state = bootstrap.work / "terraform.tfstate"
    # A state is left where the last try was cut off: then the bucket may lack its protections.
    if has_state_bucket(account) and not state.exists():
        return False
    _require_confirmation(
        f"Make the bucket {account.state_bucket} for Terraform's state in account {account.id}?", account, command
    )
    bootstrap.run("init", silent=True)
    bootstrap.run("apply", "-auto-approve", f"-state={state}", *bootstrap.variables("stage"), silent=True)
    print(f"s3://{account.state_bucket} is made", flush=True)
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
            raise Failure(f"the bucket {account.state_bucket} may not be read with these credentials") from error
        raise
    return True


def _require_confirmation(question: str, account: Account, command: str) -> None:
    """Goes on only if a person says so, or YES=1 did before; where not, says which command needs no asking.

    Raises:
        Failure: where not
    """
    if not confirm(question):
        rows = "DATA=… " if os.environ.get("DATA") else ""
        raise Failure(f"nothing was changed: make {command} STAGE={account.stage} {rows}YES=1 does it", 1)
