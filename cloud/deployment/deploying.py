"""Deploys to a stage's endpoints: runs the jars that decide releases and verify them, against the stage's store."""

from __future__ import annotations

import contextlib
import getpass
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from cloud import github
from cloud.account import Account, Target, verified_account
from cloud.deployment.ledgers import entries, ledger, ledgers
from cloud.provisioning import infrastructure
from cloud.stage import PROJECT, stage
from stack import datasets
from stack.failure import Failure
from stack.releases.champion_change import ChampionChange
from stack.task_result import TaskResult

LAUNCHER = PROJECT / "airflow" / "image" / "propensity"
NO_REASON = "no reason was given"
QUIET = "-Dorg.slf4j.simpleLogger.log.dev.propensity.task.Task=warn"

REPORTED_CODES = (1, 2)
"""Exit codes of a task that has printed the reason on stderr."""

DEPLOY_SECONDS = 2700
"""How long an endpoint may take: its instances start, canary traffic is watched, then all of it shifts. GitHub's jobs
have the role for two hours in all."""


def deploy(target: Target, dataset: str | None = None) -> int:
    """Deploys the champions of the stage's ledgers, verified by their sample rows; 1 where one fails."""
    account = verified_account(target)
    found = ledgers(account, dataset)
    if not found:
        message = (
            f"{account.stage}: nothing to deploy: no model was registered in {store(account)} yet; train one first"
        )
        github.summary(message)
        print(message)
        return 0
    environment = _environment(account)
    code = 0
    for each in found:
        if each.version is None:
            message = f"{each.name}: nothing to deploy: the ledger has no champion yet"
            print(message, flush=True)
        else:
            _require_image(account, environment)
            result = _deploy_release(account, environment, each.name, each.last_decision)
            code = max(code, result.code)
            message = f"{endpoint(account, each.name)}: {result.reason}"
        github.summary(f"- {message}")
    return code


def promote(target: Target, change: ChampionChange) -> int:
    """Makes a version the champion of the stage's ledger, and verifies that the endpoint serves it."""
    if change.version is None:
        known = f"make history STAGE={stage(target.stage)} lists the versions"
        raise Failure(f"VERSION= is missing: the version to promote; {known}", 2)
    return _change("promote", target, change)


def rollback(target: Target, change: ChampionChange) -> int:
    """Rolls back the champion of the stage's ledger, and verifies that the endpoint serves the one before it."""
    return _change("rollback", target, change)


def history(target: Target, dataset: str | None = None, *, as_json: bool = False) -> int:
    """Prints the stage's release ledger."""
    account = verified_account(target)
    name = ledger(account, dataset).name
    if as_json:
        print(json.dumps(entries(account, name), indent=2, ensure_ascii=False))
        return 0
    return _run(_environment(account), "history", f"--name={name}").code


def endpoint(account: Account, name: str) -> str:
    """The endpoint's name on SageMaker, where a hyphen replaces each underscore, which SageMaker does not allow."""
    return f"propensity-{account.stage}-{name.replace('_', '-')}"


def store(account: Account) -> str:
    """Where the stage's artifacts and ledgers are."""
    return f"s3://{account.bucket}/store"


def _change(task: str, target: Target, change: ChampionChange) -> int:
    account = verified_account(target)
    name = ledger(account, change.dataset).name
    environment = _environment(account)
    # The ledger is to change only where the endpoint can follow.
    _require_image(account, environment)
    who, why = change.who or getpass.getuser(), change.why or NO_REASON
    words = [f"--model-version={change.version}"] if change.version else []
    done = _run(environment, task, f"--name={name}", f"--why={why}", f"--who={who}", *words)
    github.summary(f"- {name}: {done.reason}")
    if done.code:
        if instead := change.promotion_instead(task, name, done.reason, STAGE=account.stage):
            print(f"to promote it: {instead}", file=sys.stderr)
        return done.code
    verified = _deploy_release(account, environment, name, done.uri)
    github.summary(f"- {endpoint(account, name)}: {verified.reason}")
    return verified.code


def _deploy_release(account: Account, environment: dict[str, str], name: str, release: str) -> TaskResult:
    where = f"--endpoint=sagemaker:{endpoint(account, name)}"
    file = datasets.file(name.removesuffix(datasets.SYNTHETIC))
    words = [f"--dataset={file}"] if file.exists() else []
    if not words:
        print(f"{name}: there is no {file}: its endpoint captures nothing", file=sys.stderr)
    return _run(environment, "deploy", f"--release={release}", where, f"--timeout={DEPLOY_SECONDS}", *words)


def quiet(environment: dict[str, str]) -> dict[str, str]:
    """The same, for a task whose reason is printed here: its log has it only where the task fails."""
    options = f"{environment.get('PROPENSITY_JAVA_OPTIONS', '')} {QUIET}".strip()
    return environment | {"PROPENSITY_JAVA_OPTIONS": options}


def _run(environment: dict[str, str], task: str, *arguments: str) -> TaskResult:
    """Runs a task; its log goes on as it comes, its reason is printed last."""
    with tempfile.TemporaryDirectory(prefix="propensity-") as folder:
        file = Path(folder, "result.json")
        done = subprocess.run(
            [os.environ.get("PROPENSITY_LAUNCHER") or LAUNCHER, task, *arguments, f"--result={file}"],
            env=quiet(environment),
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
        written = json.loads(file.read_text()) if file.exists() else {}
    # A signal's number is negative here; shells add it to 128.
    code = done.returncode if done.returncode >= 0 else 128 - done.returncode
    uri, reason = written.get("uri") or "", written.get("reason") or ""
    if code == 0:
        # Where a task prints more than its URI, that is its output.
        print("\n".join([*([] if uri else [done.stdout.rstrip()]), *([reason] if reason else [])]), flush=True)
    else:
        failed = f"{task} failed with exit code {code}"
        if code not in REPORTED_CODES:
            print(failed, file=sys.stderr)
        reason = reason or failed
    return TaskResult(code, uri, reason)


def _require_image(account: Account, environment: dict[str, str]) -> None:
    """Rejects a stage that has no image to deploy.

    Raises:
        Failure: where it has none; settings that cannot be read are rejected by the task
    """
    with contextlib.suppress(ValueError, AttributeError):
        if not json.loads(environment["PROPENSITY_SAGEMAKER"]).get("image"):
            which = f"STAGE={account.stage}"
            raise Failure(
                f"{account.stage} has no task image for its endpoints yet. To push one and print its digest: "
                f"make image-push {which}; "
                f"to deploy it to the stage: make infra-plan {which} IMAGE=… and make infra-apply {which}",
                2,
            )


def _environment(account: Account) -> dict[str, str]:
    """What the jars of a stage run with; credentials are the caller's own."""
    configured = os.environ.get("PROPENSITY_SAGEMAKER")
    # Terraform need not be there where the settings are.
    settings = {"PROPENSITY_SAGEMAKER": configured} if configured else infrastructure.settings(account)
    return os.environ | settings | {"AWS_REGION": account.region, "PROPENSITY_STORE": store(account)}
