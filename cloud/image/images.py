"""Pushes the task image: by a version, and from then on by its digest."""

from __future__ import annotations

import re
import subprocess

import docker
from docker.errors import APIError, DockerException, NotFound
from docker.models.images import Image

from cloud import github
from cloud.account import Target, account, verified_account
from cloud.image import registries
from cloud.image.registries import Registry
from cloud.stage import PROJECT
from stack.failure import Failure

DEFAULT_IMAGE = "propensity"
"""The image's name on this machine."""


def image_push(target: Target, name: str | None = None, named: str | None = None) -> None:
    """Pushes the image to the stage's repository and, where its secrets are set, to Docker Hub; prints its digest."""
    account(target)
    wanted, hub = version(named), registries.docker_hub()
    image = local_image(name)
    stage = registries.of_stage(verified_account(target))
    uri, new = _push(image, stage, wanted)
    if hub is None:
        print("Docker Hub: no DOCKERHUB_REPOSITORY is set, nothing goes there")
    else:
        _push(image, hub, wanted)
    github.output(repository=stage.repository, digest=uri.rpartition("@")[2], image=uri, pushed=str(new).lower())
    print(uri)


def version(named: str | None) -> str:
    """What the image is called in a registry: the given version, else the commit.

    Raises:
        Failure: where it can be no tag, is latest, or the tree has what no commit names
    """
    if named:
        if named == "latest" or not re.fullmatch(r"\w[\w.-]{0,127}", named, re.ASCII):
            raise Failure(f"VERSION={named}: must be letters, digits, '.', '_' and '-', and not latest", 2)
        return named
    git = ["git", "-C", str(PROJECT), "describe", "--always", "--dirty", "--abbrev=12"]
    described = subprocess.run(git, capture_output=True, text=True, check=False)
    if described.returncode:
        raise Failure("the version cannot be read from git here: set VERSION=", 2)
    if described.stdout.strip().endswith("-dirty"):
        raise Failure("the working tree has uncommitted changes: commit them, or set VERSION=", 2)
    return described.stdout.strip()


def local_image(given: str | None) -> Image:
    """The built image.

    Raises:
        Failure: where there is none, or no Docker Engine
    """
    name = given or DEFAULT_IMAGE
    try:
        return docker.from_env().images.get(name)
    except NotFound as error:
        raise Failure(f"there is no image {name}: make image", 2) from error
    except DockerException as error:
        raise Failure(f"no Docker Engine responds: {error}", 1) from error


def _push(image: Image, registry: Registry, tag: str) -> tuple[str, bool]:
    """The image's address by digest, and whether it was pushed now: what is there is left alone."""
    name = f"{registry.repository}:{tag}"
    try:
        digest = _digest(name, registry)
        if digest:
            print(f"{name} already exists")
            return f"{registry.repository}@{digest}", False
        image.tag(registry.repository, tag)
        answers = docker.from_env().images.push(
            registry.repository, tag, auth_config=registry.credentials, stream=True, decode=True
        )
        for answer in answers:
            if "error" in answer:
                raise Failure(f"{name} cannot be pushed: {answer['error']}", 1)
            digest = answer.get("aux", {}).get("Digest", digest)
    except DockerException as error:
        raise Failure(f"{name} cannot be pushed: {error}", 1) from error
    if not digest:
        raise Failure(f"{name} was pushed, but the engine did not return its digest", 1)
    print(f"pushed {name}", flush=True)
    return f"{registry.repository}@{digest}", True


def _digest(name: str, registry: Registry) -> str | None:
    """The digest of what the registry has under this name; none where it has none, or does not return it."""
    try:
        return docker.from_env().images.get_registry_data(name, auth_config=registry.credentials).id
    except APIError as error:
        # Docker Hub returns the same error for a repository that does not exist and for one that cannot be read.
        if error.status_code in (401, 403, 404):
            return None
        raise
