"""What a command needs before it runs: prerequisites, Python environments, jars. Standard library only.

All of it is quick where nothing is missing.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from stack import paths, wording
from stack.failure import Failure

OF_DEVELOPMENT = ("airflow", "airflow-3.0", "mlflow", "tools", "browser", "api", "notebook", "aws", "checkov", "sbom")
"""The environments that the tests need."""

OWN_VARIABLES = ("PYTHONPATH", "_TYPER_FORCE_DISABLE_TERMINAL")
"""Variables that this command line sets for itself; other programs do not inherit them."""

SOURCES = ("libraries", "tasks", "airflow/s3proxy")
"""Folders with the sources of the jars, beside pom.xml."""


def stack() -> None:
    """What the local stack needs."""
    prerequisites()
    environments("airflow", "mlflow")
    jars()


def aws(*, with_jars: bool = False) -> None:
    """What commands on AWS need."""
    environments("airflow")
    if with_jars:
        jars()


def development() -> None:
    """What the tests need, but for the jars."""
    prerequisites()
    environments(*OF_DEVELOPMENT)


def prerequisites() -> None:
    """Ends the command where a program is missing that only a person can install."""
    script("airflow/prerequisites")


def environments(*names: str) -> None:
    """Brings Python environments to what is locked."""
    script("airflow/environments", *names)


def jars() -> None:
    """Builds the jars where a source is newer."""
    built = paths.BUILT_JARS / "code.sha256"
    if not built.is_file() or any(file.stat().st_mtime > built.stat().st_mtime for file in _sources()):
        print("building the jars", flush=True)
        script("airflow/build")


def purge(*, yes: bool) -> list[str]:
    """The program that deletes the local stack's state, with ``--yes`` or the command that does not prompt."""
    return [str(paths.PROJECT / "airflow" / "purge"), "--yes" if yes else wording.command("purge", YES="1")]


def script(name: str, *words: str, environment: dict[str, str] | None = None) -> None:
    """Runs a program of the project in the project's folder; ends the command with its exit code where it fails."""
    if code := run(name, *words, environment=environment):
        sys.exit(code)


def run(name: str, *words: str, environment: dict[str, str] | None = None) -> int:
    """Runs a program of the project, or an installed one, in the project's folder; its exit code.

    Raises:
        Failure: where the program is not installed
    """
    command = str(paths.PROJECT / name) if "/" in name else name
    sys.stdout.flush()
    inherited = {name: value for name, value in os.environ.items() if name not in OWN_VARIABLES}
    try:
        done = subprocess.run([command, *words], cwd=paths.PROJECT, env=inherited | (environment or {}), check=False)
    except FileNotFoundError as error:
        raise Failure(f"{name} is not installed", 2) from error
    return done.returncode if done.returncode >= 0 else 128 - done.returncode


def _sources() -> Iterator[Path]:
    yield paths.PROJECT / "pom.xml"
    for name in SOURCES:
        for folder, folders, files in os.walk(paths.PROJECT / name):
            folders[:] = [each for each in folders if each not in ("target", "__pycache__") and each[0] != "."]
            yield from (Path(folder, each) for each in files if each[0] != ".")
