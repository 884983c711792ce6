"""The AWS account that a stage lies in, and whether the credentials are of it."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    NoCredentialsError,
    PartialCredentialsError,
    ProfileNotFound,
)

from cloud.stage import PROJECT, stage
from stack.failure import Failure


@dataclass(frozen=True)
class Target:
    """The stage that a command is about, and its place on AWS where that differs from the stage's file."""

    stage: str | None = None
    account: str | None = None
    region: str | None = None


@dataclass(frozen=True)
class Account:
    """One stage's place on AWS."""

    stage: str
    id: str
    """Twelve digits."""
    region: str

    @property
    def bucket(self) -> str:
        """The bucket of artifacts, data and results."""
        return f"propensity-{self.stage}-{self.id}"

    @property
    def state_bucket(self) -> str:
        """The bucket of Terraform's state."""
        return f"propensity-{self.stage}-state-{self.id}"

    @property
    def not_created_message(self) -> str:
        """The error message where a resource that every stage has is missing."""
        return f"{self.stage} does not exist yet: make create_dev_setup STAGE={self.stage}"

    def client(self, service: str) -> Any:
        """A client of the service in this region; credentials and endpoints are those of the environment."""
        # A simulated account on 127.0.0.1 has no host name for each bucket.
        local = Config(s3={"addressing_style": "path"}) if os.environ.get("AWS_ENDPOINT_URL") else None
        return boto3.client(service, region_name=self.region, config=local)


def values_file(name: str) -> str:
    """The file with a stage's account and region, relative to the repository's folder."""
    return f"terraform/environments/{name}/terraform.tfvars.json"


def account(target: Target) -> Account:
    """The account and region of a stage, by the stage's file; those of the target override it.

    Raises:
        Failure: where one is missing or has not its form
    """
    name = stage(target.stage)
    file = PROJECT / values_file(name)
    try:
        values = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    except ValueError as error:
        raise Failure(f"{values_file(name)} is not valid JSON: {error}", 2) from error
    number = target.account or str(values.get("account") or "")
    region = target.region or str(values.get("region") or "")
    if not re.fullmatch(r"\d{12}", number):
        raise Failure(f"the account {number!r} must be twelve digits: set yours in {values_file(name)}", 2)
    if not re.fullmatch(r"[a-z]{2}(-[a-z]+)+-\d", region):
        raise Failure(f"the region {region!r} must be one such as eu-west-1: set yours in {values_file(name)}", 2)
    return Account(name, number, region)


def verified_account(target: Target) -> Account:
    """The same, after verifying by AWS STS that the credentials are of this account.

    Raises:
        Failure: where there are none, their profile does not exist, they are rejected, or they are of another account
    """
    wanted = account(target)
    try:
        found = wanted.client("sts").get_caller_identity()["Account"]
    except (NoCredentialsError, PartialCredentialsError) as error:
        raise Failure("no AWS credentials were found: run aws configure sso, or set AWS_PROFILE", 2) from error
    except ProfileNotFound as error:
        file = os.environ.get("AWS_CONFIG_FILE") or "~/.aws/config"
        known = "aws configure list-profiles lists the profiles"
        raise Failure(f"AWS_PROFILE={error.kwargs['profile']} is not in {file}: {known}", 2) from error
    except ClientError as error:
        raise Failure(f"AWS rejected the credentials: {error.response['Error']['Code']}; sign in again", 2) from error
    except BotoCoreError as error:
        raise Failure(f"AWS did not return the account of the credentials: {error}", 1) from error
    if found != wanted.id:
        raise Failure(
            f"the credentials are of account {found}, but {wanted.stage} is in account {wanted.id}: "
            f"use other credentials, or set your account in {values_file(wanted.stage)}",
            2,
        )
    return wanted
