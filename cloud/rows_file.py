"""A dataset's rows on S3."""

from __future__ import annotations

import hashlib
import re
import time
from dataclasses import dataclass
from pathlib import Path

from botocore.exceptions import ClientError

from cloud import row_check
from cloud.account import Account, Target, verified_account
from stack import option_values
from stack.failure import Failure


@dataclass(frozen=True)
class Rows:
    """A file of rows, as a command names it."""

    data: str | None = None
    dataset: str | None = None
    policy: str | None = None
    """``training``, or ``scoring`` where rows need no labels."""

    def checked(self) -> tuple[str, Path]:
        """The dataset and the file, whose rows follow the dataset's rules.

        Raises:
            Failure: where they do not, or either does not exist
        """
        dataset, file = option_values.dataset(self.dataset), data_file(self.data)
        row_check.check(dataset, file, self.policy or "training")
        return dataset, file


def copy_data_to_s3(target: Target, given: Rows) -> None:
    """Puts the file to where the stage's tasks find the rows of its dataset."""
    checked = given.checked()
    upload(verified_account(target), *checked)


def data_file(name: str | None) -> Path:
    """The file of this name.

    Raises:
        Failure: where there is none, or it is empty
    """
    if not name:
        raise Failure("DATA= is missing: the file of rows", 2)
    return option_values.file("DATA", name)


def upload(account: Account, dataset: str, file: Path) -> str:
    """Puts the file to S3, unless it already exists; its address, which is printed.

    Raises:
        Failure: where there is no bucket, or it may not be written to
    """
    with file.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    key = f"data/{dataset}/{re.sub(r'[^A-Za-z0-9._-]', '_', file.name)}"
    uri = f"s3://{account.bucket}/{key}"
    s3 = account.client("s3")
    started = time.monotonic()
    try:
        there = _digest(s3, account.bucket, key) == digest
        if not there:
            with file.open("rb") as content:
                s3.upload_fileobj(content, account.bucket, key, ExtraArgs={"Metadata": {"sha256": digest}})
    except ClientError as error:
        code = error.response["Error"]["Code"]
        if code == "NoSuchBucket":
            raise Failure(f"there is no bucket {account.bucket}: {account.not_created_message}", 2) from error
        raise Failure(f"{uri} cannot be written: {code}", 2) from error
    size, seconds = file.stat().st_size / 1e6, time.monotonic() - started
    print(f"{uri} " + ("already exists" if there else f"({size:.1f} MB in {seconds:.0f} s)"), flush=True)
    return uri


def _digest(s3, bucket: str, key: str) -> str | None:
    """The digest that the object was put with; nothing where there is none."""
    try:
        return s3.head_object(Bucket=bucket, Key=key)["Metadata"].get("sha256")
    except ClientError as error:
        # A HEAD of a missing bucket returns the same status; the upload distinguishes them.
        if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
            return None
        raise
