"""The release ledgers in a stage's store: which model is live there, by their last entries."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from cloud.account import Account
from cloud.stage import PROJECT
from stack.failure import Failure

PREFIX = "store/"
SYNTHETIC, FORMERLY = "-synthetic", "-sample"
"""What follows a dataset's name where its rows are synthetic; what earlier versions wrote instead."""


@dataclass(frozen=True)
class Ledger:
    """A dataset's ledger, as far as a deployment must know it."""

    name: str
    """The dataset's, with -synthetic for a model of synthetic rows."""
    last_decision: str
    """The newest entry that decided which model is live, s3://…/000003.json; not one that only records a challenger."""
    version: int | None
    """The champion's; none if the last decision was that no model is live."""


def ledgers(account: Account, named: str | None = None) -> list[Ledger]:
    """The named ledger, else those of all datasets that have a file; that of synthetic rows only by name.

    Raises:
        Failure: where the store cannot be read, or the named ledger does not exist
    """
    named = _current(named)
    s3 = account.client("s3")
    try:
        names = [named] if named else _known(s3, account.bucket)
        entries = {name: _entries(s3, account.bucket, name) for name in names}
        if named and not entries[named]:
            hint = f"there are {', '.join(_known(s3, account.bucket)) or 'none'}"
            raise Failure(f"DATASET={named} has no release ledger in s3://{account.bucket}/{PREFIX}: {hint}", 2)
        return [_ledger(s3, account.bucket, name, keys) for name, keys in entries.items() if keys]
    except ClientError as error:
        code = error.response["Error"]["Code"]
        if code == "NoSuchBucket":
            raise Failure(f"there is no bucket {account.bucket}: {account.not_created_message}", 2) from error
        raise Failure(f"the ledgers in s3://{account.bucket}/{PREFIX} cannot be read: {code}", 2) from error


def ledger(account: Account, named: str | None = None) -> Ledger:
    """The named ledger, else the only one.

    Raises:
        Failure: where there is none, or more than one
    """
    found = ledgers(account, named)
    if len(found) != 1:
        known = ", ".join(each.name for each in found)
        raise Failure(f"DATASET= is missing: one of {known}" if found else _no_model_message(account), 2)
    return found[0]


def entries(account: Account, name: str) -> list[dict[str, Any]]:
    """The entries of a ledger, the newest last."""
    s3 = account.client("s3")
    return [_read(s3, account.bucket, key) for key in _entries(s3, account.bucket, name)]


def _no_model_message(account: Account) -> str:
    return f"no model has been registered in s3://{account.bucket}/{PREFIX}"


def _known(s3, bucket: str) -> list[str]:
    return [file.stem for file in sorted((PROJECT / "datasets").glob("*.yaml")) if _entries(s3, bucket, file.stem)]


def _current(name: str | None) -> str | None:
    return name.removesuffix(FORMERLY) + SYNTHETIC if name and name.endswith(FORMERLY) else name


def _entries(s3, bucket: str, name: str) -> list[str]:
    """The keys of the ledger's entries, the newest last; those at its former name where there are no others."""
    keys = _listed(s3, bucket, name)
    if not keys and name.endswith(SYNTHETIC):
        keys = _listed(s3, bucket, name.removesuffix(SYNTHETIC) + FORMERLY)
    return keys


def _listed(s3, bucket: str, name: str) -> list[str]:
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=f"{PREFIX}{name}/releases/")
    keys = [item["Key"] for page in pages for item in page.get("Contents", [])]
    return sorted(key for key in keys if re.fullmatch(r"\d{6}\.json", key.rpartition("/")[2]))


def _ledger(s3, bucket: str, name: str, keys: list[str]) -> Ledger:
    last = _read(s3, bucket, keys[-1])
    # The entry of a challenger leaves the champion as it was, and deploy passes it over.
    deciding = (key for key in reversed(keys) if _read(s3, bucket, key)["action"] != "challenger")
    key = next(deciding, keys[-1])
    return Ledger(name, f"s3://{bucket}/{key}", (last.get("champion") or {}).get("version"))


def _read(s3, bucket: str, key: str) -> dict[str, Any]:
    return json.loads(s3.get_object(Bucket=bucket, Key=key)["Body"].read())
