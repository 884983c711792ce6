"""Deletes a stage from AWS: what its tasks created, what Terraform created; and verifies that nothing is left."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from cloud.account import Account, Target, verified_account
from cloud.confirmation import confirm
from cloud.deployment.deploying import LAUNCHER, quiet, store
from cloud.provisioning import infrastructure
from cloud.stage import stage
from stack import wording
from stack.failure import Failure

NOTHING_FOUND = "{stage} has no resources"
"""The task's reason where neither it nor Terraform has anything to delete."""

DELETION_MINUTES = 30
"""Minutes that the deletion of an endpoint may take, and that the tagging API may list what was deleted."""


def delete_resources(target: Target, *, registry: bool = False, confirmed: bool = False) -> int:
    """Shows the resources of a stage and what they cost, and deletes them after confirmation.

    Goes on after an error and may be started again at any point; 1 where anything is left. Without resources
    it does not prompt.
    """
    stage(target.stage, "local")
    account = verified_account(target)
    code, reason = _list_resources(account, registry)
    resources = _terraform_resources(account)
    if reason == NOTHING_FOUND.format(stage=account.stage) and not resources:
        print(f"nothing to delete: {account.stage} has no resources in account {account.id}")
        return 0
    print("\n".join(["created by Terraform:", *(f"  {each}" for each in resources or ["nothing"])]), flush=True)
    if not _confirmed(account, confirmed):
        return code
    _teardown(account, registry, "--yes")
    # Terraform's state lists what is left of a stage: it is deleted last.
    if destroyed := _destroy_resources(account):
        _teardown(account, registry, "--yes", "--with-state")
    if _teardown(account, False, "--verify") or not destroyed:
        return 1
    print(f"all resources of {account.stage} in account {account.id} are deleted")
    return 0


def _list_resources(account: Account, registry: bool) -> tuple[int, str]:
    """Lets the task list what there is, without its last line, which names its own options; exit code and reason."""
    with tempfile.TemporaryDirectory(prefix="propensity-") as folder:
        file = Path(folder, "result.json")
        code = _teardown(account, registry, f"--result={file}", environment=quiet(dict(os.environ)))
        return code, json.loads(file.read_text()).get("reason") or "" if file.exists() else ""


def _teardown(account: Account, registry: bool, *arguments: str, environment: Mapping[str, str] = os.environ) -> int:
    """Runs the task, which prints what it finds and its errors; returns its exit code.

    Raises:
        Failure: where user action is required first
    """
    arguments = (f"--stage={account.stage}", f"--timeout={DELETION_MINUTES}", *arguments)
    if registry:
        arguments += ("--with-registry",)
    done = subprocess.run(
        [os.environ.get("PROPENSITY_LAUNCHER") or LAUNCHER, "teardown", *arguments],
        env={**environment, "AWS_REGION": account.region, "PROPENSITY_STORE": store(account)},
        check=False,
    )
    if done.returncode == 2:
        raise Failure("the teardown stopped here", 2)
    return done.returncode


def _terraform_resources(account: Account) -> list[str]:
    """The resources in the stage's state, as far as it can be read."""
    try:
        if not infrastructure.has_state_bucket(account):
            return []
        root = infrastructure.root(account)
        infrastructure.initialize(root)
        return root.capture("state", "list").split()
    except Failure as failure:
        return [f"cannot be read: {failure}"]


def _destroy_resources(account: Account) -> bool:
    """Deletes Terraform's resources; whether all of them are deleted. Without a state there are none."""
    try:
        if infrastructure.has_state_bucket(account):
            root = infrastructure.root(account)
            infrastructure.initialize(root)
            infrastructure.destroy(root)
    except Failure as failure:
        print(failure, file=sys.stderr)
        return False
    return True


def _confirmed(account: Account, confirmed: bool) -> bool:
    if confirm(f"Delete all these resources of {account.stage} from account {account.id}?", confirmed):
        return True
    command = wording.command("delete_resources", STAGE=account.stage, YES="1")
    print(f"nothing was deleted; without the prompt: {command}")
    return False
