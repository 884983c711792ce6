"""Terraform on the simulated account: init, plan, show and output are Terraform's own, apply and destroy applying's.

Works on a copy of terraform/ beside its data folder, so that the lock file of a substitute provider stays out of the
tree. The state that it keeps, in the stage's state bucket and with its lock, holds the outputs alone.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError

from account.planned import applying, provider

TREE = provider.PROJECT / "terraform"
CACHES = shutil.ignore_patterns(".terraform", ".terraform.lock.hcl")


def main(words: list[str]) -> int:
    if not words or not words[0].startswith("-chdir="):
        return subprocess.run(["terraform", *words], check=False).returncode
    terraform = SimulatedTerraform(Path(words[0].removeprefix("-chdir=")))
    command, options = words[1], words[2:]
    try:
        if command == "apply":
            saved = [option for option in options if not option.startswith("-")]
            return terraform.apply(saved[0]) if saved else terraform.bootstrap(options)
        if command == "destroy":
            return terraform.destroy(options)
        if command == "state" and "list" in options:
            return terraform.list()
    except ClientError as error:
        print(f"Error: {error}", file=sys.stderr)
        return 1
    return terraform.run(command, *options).returncode


class SimulatedTerraform:
    """The real one, in a copy of one folder."""

    def __init__(self, folder: Path):
        copy = Path(os.environ.get("TF_DATA_DIR") or tempfile.mkdtemp()).parent / "tree"
        shutil.copytree(TREE, copy, dirs_exist_ok=True, ignore=CACHES)
        self.folder = copy / folder.resolve().relative_to(TREE)
        self.applied = copy.with_name("applied.json")
        self.environment = os.environ | provider.environment()

    def run(self, *words: str, silent: bool = False) -> subprocess.CompletedProcess[str]:
        command = ["terraform", f"-chdir={self.folder}", *words]
        return subprocess.run(command, env=self.environment, capture_output=silent, text=True, check=silent)

    def apply(self, plan: str) -> int:
        """Makes what a saved plan says, and keeps its outputs."""
        said = self._plan(plan)
        self.applied.write_text(json.dumps(said), encoding="utf-8")
        print(f"Apply complete! Resources: {applying.apply(said)} created in the simulated account.")
        self._keep(applying.outputs(said))
        return 0

    def bootstrap(self, options: list[str]) -> int:
        """Makes what there is no plan of yet, and keeps no state."""
        print(f"Apply complete! Resources: {applying.apply(self._new_plan(options))} created in the simulated account.")
        return 0

    def destroy(self, options: list[str]) -> int:
        """Deletes what was applied last, as recorded on this machine, else what a full plan would create."""
        print(
            f"Destroy complete! Resources: {applying.destroy(self._last(options))} deleted from the simulated account."
        )
        self.applied.unlink(missing_ok=True)
        self._keep({})
        return 0

    def list(self) -> int:
        """Prints the addresses that a state would have: of all that was applied, if anything was."""
        if json.loads(self.run("output", "-json", silent=True).stdout):
            print("\n".join(sorted(applying.addresses(self._last([])))))
        return 0

    def _last(self, options: list[str]) -> dict[str, Any]:
        if self.applied.exists():
            return json.loads(self.applied.read_text(encoding="utf-8"))
        return self._new_plan(options)

    def _new_plan(self, options: list[str]) -> dict[str, Any]:
        with tempfile.TemporaryDirectory() as folder:
            variables = [option for option in options if option.startswith("-var=")]
            self.run("plan", f"-out={folder}/plan", *variables, silent=True)
            return self._plan(f"{folder}/plan")

    def _plan(self, plan: str) -> dict[str, Any]:
        return json.loads(self.run("show", "-json", plan, silent=True).stdout)

    def _keep(self, outputs: dict[str, Any]) -> None:
        old = json.loads(self.run("state", "pull", silent=True).stdout or "{}")
        state = {
            "version": 4,
            "terraform_version": "1.11.4",
            "lineage": old.get("lineage", "simulated"),
            "resources": [],
        }
        state |= {"serial": old.get("serial", 0) + 1, "outputs": outputs}
        with tempfile.NamedTemporaryFile("w", suffix=".tfstate") as file:
            json.dump(state, file)
            file.flush()
            self.run("state", "push", file.name, silent=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
