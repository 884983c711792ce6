"""What a rehearsal types and sees: commands with their output, and looks that must hold."""

from __future__ import annotations

import os
import shlex
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[3]

ENVIRONMENTS = Path(os.environ.get("PROPENSITY_ENVIRONMENTS") or REPOSITORY / ".propensity" / "environments")
"""The Python environments, one folder each."""

FOREIGN = ("AWS_", "IMAGE", "MAKE", "MLFLOW_", "PROPENSITY_", "TF_VAR_")
"""How variables begin that would lead elsewhere."""

ASKED = {"ACCOUNT", "DATA", "DATASET", "REGION", "REGISTRY", "STAGE", "VERSION", "WHO", "WHY", "YES"}
"""Variables of make that a user sets: here each command gets its own."""

LONGEST = 40
"""Lines of a command's output that are printed whole; of more, the first and the last."""


class RehearsalFailure(Exception):
    """A step of the rehearsal failed; the message is the reason."""


@dataclass
class Walk:
    """One walk: its environment, and how far it is.

    :param environment: what commands run with
    :param log: the file that takes what commands say beside their output
    """

    environment: dict[str, str]
    log: Path
    began: float = field(default_factory=time.monotonic)
    steps: int = 0

    def step(self, title: str) -> None:
        """Begins the next step."""
        self.steps += 1
        print(f"\n[{time.monotonic() - self.began:3.0f} s] {self.steps}. {title}", flush=True)

    def make(self, target: str, *, code: int = 0, **variables: str) -> str:
        """Runs a target with these variables; its output, which is printed.

        :raises RehearsalFailure: where its exit code is another
        """
        values = [f"{name}={value}" for name, value in variables.items()]
        print(f"  $ make {shlex.join([target, *values])}", flush=True)
        return self._printed(["make", "--no-print-directory", target, *values], code)

    def run(self, module: str, *words: str, shown: str, code: int = 0) -> str:
        """Runs a module of Python's, printed as ``shown``; its output, which is printed.

        :raises RehearsalFailure: where its exit code is another
        """
        print(f"  $ {shown}", flush=True)
        return self._printed([str(ENVIRONMENTS / "airflow/bin/python"), "-m", module, *words], code)

    def see(self, what: str, holds: bool) -> None:
        """Prints what was looked at.

        :raises RehearsalFailure: where it does not hold
        """
        print(f"  {'✓' if holds else '✗'} {what}", flush=True)
        if not holds:
            raise RehearsalFailure(what)

    def _printed(self, words: list[str], code: int) -> str:
        with self.log.open("ab") as log:
            start = log.tell()
            done = subprocess.run(
                words,
                cwd=REPOSITORY,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                check=False,
            )
        lines = done.stdout.splitlines()
        if len(lines) > LONGEST:
            lines = [*lines[:3], f"… {len(lines) - 13} lines …", *lines[-10:]]
        if done.returncode != code:
            lines += self.log.read_bytes()[start:].decode().splitlines()[-LONGEST:]
        print("".join(f"  {line}\n" for line in lines), end="", flush=True)
        if done.returncode != code:
            raise RehearsalFailure(f"{shlex.join(words)}: exit code {done.returncode}, not {code}")
        return done.stdout


def base_environment(**more: str) -> dict[str, str]:
    """The caller's, without what would lead to a real account, and with more."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN) and name not in ASKED}
    return kept | more
