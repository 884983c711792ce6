"""The registries that the task image goes to: the stage's own and, where its secrets are set, Docker Hub."""

from __future__ import annotations

import base64
import os
from dataclasses import dataclass, field

from botocore.exceptions import BotoCoreError, ClientError

from cloud.account import Account
from stack.failure import Failure

DOCKER_HUB = ("DOCKERHUB_REPOSITORY", "DOCKERHUB_USERNAME", "DOCKERHUB_TOKEN")


@dataclass(frozen=True)
class Registry:
    """A repository in a registry, and who may push there."""

    repository: str
    """With its host, where it is not Docker Hub: 123456789012.dkr.ecr.eu-west-1.amazonaws.com/propensity-dev."""
    username: str
    password: str = field(repr=False)

    @property
    def credentials(self) -> dict[str, str]:
        """As the Docker Engine takes them with each request, so that they are written to no file."""
        return {"username": self.username, "password": self.password}


def of_stage(account: Account) -> Registry:
    """The stage's repository on ECR, with a token of twelve hours.

    PROPENSITY_REGISTRY names another host, for a simulated account.

    Raises:
        Failure: where there is no repository, or the credentials may not read it
    """
    name = f"propensity-{account.stage}"
    ecr = account.client("ecr")
    try:
        uri = ecr.describe_repositories(repositoryNames=[name])["repositories"][0]["repositoryUri"]
        token = ecr.get_authorization_token()["authorizationData"][0]["authorizationToken"]
    except ecr.exceptions.RepositoryNotFoundException as error:
        raise Failure(f"there is no image repository {name}: {account.not_created_message}", 2) from error
    except ClientError as error:
        raise Failure(f"the image repository {name} cannot be read: {error.response['Error']['Code']}", 2) from error
    except BotoCoreError as error:
        raise Failure(f"the image repository {name} cannot be read: {error}", 1) from error
    host = os.environ.get("PROPENSITY_REGISTRY")
    username, _, password = base64.b64decode(token).decode().partition(":")
    return Registry(f"{host}/{name}" if host else uri, username, password)


def docker_hub() -> Registry | None:
    """The repository on Docker Hub, or another registry's by its host; nothing where none is named.

    Raises:
        Failure: where only some of its settings are set
    """
    values = {name: os.environ.get(name) or "" for name in DOCKER_HUB}
    missing = [name for name, value in values.items() if not value]
    if len(missing) == len(DOCKER_HUB):
        return None
    if missing:
        raise Failure(f"{' and '.join(missing)} missing: set all of {', '.join(DOCKER_HUB)}, or none", 2)
    return Registry(*(values[name] for name in DOCKER_HUB))
