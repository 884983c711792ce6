"""What a rehearsal needs, looked for before anything is made."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import registry

from account.planned import provider
from rehearsal.walk import REPOSITORY


def rows() -> Path:
    """The file of insurance rows: DATA=, else the shared one."""
    shared = Path(os.environ.get("PROPENSITY_SHARED") or REPOSITORY.parent / "shared")
    return Path(os.environ.get("DATA") or shared / "data" / "insurance" / "train.csv.gz")


def missing() -> list[str]:
    """One line for each thing that is not there."""
    engine = shutil.which("docker") and subprocess.run(["docker", "info"], capture_output=True, check=False)
    needed = {
        f"DATA={rows()}: no such file; it must be rows of insurance": rows().is_file(),
        "missing: a Docker Engine that responds": engine and engine.returncode == 0,
        "missing: Terraform 1.10 or newer; see terraform/README.md": shutil.which("terraform"),
        "missing: Terraform's provider hashicorp/aws, since its registry does not respond": _provider(),
        "missing: docker-registry; on Debian, .ci/registry unpacks it": registry.program(),
    }
    return [line for line, there in needed.items() if not there]


def _provider() -> bool:
    try:
        provider.environment()
    except (RuntimeError, OSError, subprocess.CalledProcessError):
        return False
    return True


if __name__ == "__main__":
    lines = missing()
    print("\n".join(lines), end="\n" if lines else "", file=sys.stderr)
    sys.exit(2 if lines else 0)
