"""The Docker Engine, where one responds."""

from __future__ import annotations

import subprocess

from stack import paths
from stack.failure import Failure

LABEL = "propensity.stack"
"""The label by which a stack knows its containers."""


def runner(wanted: str | None) -> str:
    """Where tasks run: what was requested, else containers where an engine responds."""
    if wanted == "process":
        return wanted
    if engine() is not None:
        return "docker"
    if wanted == "docker":
        raise Failure("RUNNER=docker, but no Docker Engine responds: start it, or omit RUNNER", 1)
    return "process"


def build_image(name: str) -> bool:
    """Builds the task image from the built jars, if it is not there already; whether it is there then.

    The script prints why it cannot be built.
    """
    script = paths.PROJECT / "airflow" / "image" / "build"
    return subprocess.run([script, name], check=False).returncode == 0


def remove_all(stack_id: str) -> None:
    """Removes the stack's containers, running or not."""
    found = engine()
    if found is not None:
        for container in found.containers.list(all=True, filters={"label": f"{LABEL}={stack_id}"}):
            container.remove(force=True, v=True)


def remove_image(name: str) -> None:
    """Removes the task image of this name, if there is one."""
    found = engine()
    if found is not None and found.images.list(name=name):
        found.images.remove(name, force=True)


def engine():
    """The engine that the environment names, or nothing where none responds."""
    import docker
    from docker.errors import DockerException

    try:
        found = docker.from_env(timeout=60)
        found.ping()
    except DockerException:
        return None
    return found
