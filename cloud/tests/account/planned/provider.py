"""The AWS provider for Terraform: the real one, or a substitute that knows its schema if no registry responds."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[4]


def environment() -> dict[str, str]:
    """What Terraform needs to find a provider; empty where it finds the real one by itself.

    The substitute is made by PROPENSITY_SHARED's terraform/offline-provider, once.

    :raises RuntimeError: where there is neither
    """
    # One that names no file says nothing: Terraform itself only warns of it.
    if Path(os.environ.get("TF_CLI_CONFIG_FILE") or "none").is_file():
        return {}
    folder = PROJECT / "build" / "terraform"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return _found(folder)


def _found(folder: Path) -> dict[str, str]:
    configuration = folder / "provider" / "terraformrc"
    if not configuration.exists():
        if _real(folder / "probe"):
            return {}
        maker = (
            Path(os.environ.get("PROPENSITY_SHARED") or PROJECT.parent / "shared") / "terraform" / "offline-provider"
        )
        if not maker.exists():
            raise RuntimeError("Terraform's registry does not answer, from which its provider hashicorp/aws comes")
        subprocess.run([maker, folder / "provider"], check=True, capture_output=True)
    return {"TF_CLI_CONFIG_FILE": str(configuration)}


def _real(folder: Path) -> bool:
    """Whether the real provider can be had."""
    shutil.copytree(PROJECT / "terraform" / "modules" / "budget", folder, dirs_exist_ok=True)
    words = ["terraform", f"-chdir={folder}", "init", "-input=false"]
    return subprocess.run(words, capture_output=True, check=False).returncode == 0
