"""Terraform, run in one of the folders of terraform/."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cloud.account import Account
from cloud.stage import PROJECT
from stack.failure import Failure

MIN_VERSION = (1, 10)
"""The first release whose S3 backend locks by itself."""


@dataclass(frozen=True)
class Terraform:
    """One folder, worked on for one stage."""

    account: Account
    folder: Path
    work: Path
    """Where its plans and caches are; private, since a plan holds all values in plain text."""

    @staticmethod
    def of(account: Account, folder: str) -> Terraform:
        """For a folder below terraform/.

        Raises:
            Failure: where Terraform is missing or too old
        """
        _check_version()
        work = work_folder(account.stage, folder)
        work.mkdir(parents=True, exist_ok=True, mode=0o700)
        return Terraform(account, PROJECT / "terraform" / folder, work)

    @property
    def plan(self) -> Path:
        """The saved plan, which may not be there."""
        return self.work / "plan"

    def run(self, *arguments: str, silent: bool = False) -> None:
        """Runs a command, whose output goes on as it comes, or is only shown if it fails.

        Raises:
            Failure: where it fails
        """
        done = self._execute(*arguments, silent=silent)
        if done.returncode:
            if silent:
                print(done.stdout + done.stderr)
            raise Failure(f"terraform {arguments[0]} failed in {self.folder.relative_to(PROJECT)}", 1)

    def capture(self, *arguments: str) -> str:
        """What a command prints.

        Raises:
            Failure: where it fails
        """
        done = self._execute(*arguments, silent=True)
        if done.returncode:
            raise Failure(f"terraform {arguments[0]} failed: {done.stderr.strip()}", 1)
        return done.stdout

    def outputs(self) -> dict[str, Any]:
        """What was applied last, by the outputs' names; empty where nothing was."""
        return {name: output["value"] for name, output in json.loads(self.capture("output", "-json")).items()}

    def _execute(self, *arguments: str, silent: bool) -> subprocess.CompletedProcess[str]:
        # Terraform does not prompt: the user has confirmed before.
        environment = os.environ | {
            "TF_DATA_DIR": str(self.work / "data"),
            "TF_INPUT": "0",
            "TF_IN_AUTOMATION": "1",
            # Its S3 backend knows no other name for it.
            "AWS_REGION": self.account.region,
        }
        color = [] if sys.stdout.isatty() and not silent else ["-no-color"]
        # Options of the command come after all of its name, as in "state list".
        name = 2 if arguments[0] == "state" else 1
        return subprocess.run(
            [_command(), f"-chdir={self.folder}", *arguments[:name], *color, *arguments[name:]],
            env=environment,
            capture_output=silent,
            text=True,
            check=False,
        )

    def variables(self, *names: str) -> list[str]:
        """The options for the stage's variables: account, region and those of ``names``."""
        known = {"account": self.account.id, "region": self.account.region, "stage": self.account.stage}
        return [f"-var={name}={known[name]}" for name in ("account", "region", *names)]


def work_folder(stage: str, folder: str) -> Path:
    """Where the plans and caches of a folder below terraform/ are kept for a stage; it may not be there."""
    state = Path(os.environ.get("PROPENSITY_STATE") or PROJECT / ".propensity")
    return state / "cloud" / stage / Path(folder).name


def _command() -> str:
    return os.environ.get("TERRAFORM") or "terraform"


def _check_version() -> None:
    oldest = ".".join(map(str, MIN_VERSION))
    if shutil.which(_command()) is None:
        raise Failure(
            f"missing: Terraform {oldest} or newer as {_command()} (or set another: make TERRAFORM=/opt/terraform …); "
            "see terraform/README.md",
            2,
        )
    done = subprocess.run([_command(), "version", "-json"], capture_output=True, text=True, check=False)
    try:
        found = json.loads(done.stdout)["terraform_version"]
        new_enough = tuple(map(int, found.split(".")[:2])) >= MIN_VERSION
    except (ValueError, KeyError) as error:
        raise Failure(f"{_command()} did not print its version: {done.stderr.strip()[:200]}", 2) from error
    if not new_enough:
        raise Failure(f"Terraform {found} is too old: {oldest} or newer is needed; see terraform/README.md", 2)
