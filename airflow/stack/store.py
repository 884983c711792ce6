"""The stack's S3, for the few things that the commands put and read."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from stack.configuration.settings import REGION, Settings
from stack.datasets import SYNTHETIC
from stack.failure import Failure


class Store:
    """Objects by their s3:// addresses."""

    def __init__(self, settings: Settings):
        self._s3 = boto3.client(
            "s3",
            endpoint_url=settings.s3_url,
            aws_access_key_id=settings.keys["s3_id"],
            aws_secret_access_key=settings.keys["s3_secret"],
            region_name=REGION,
            config=Config(proxies={}),
        )

    def has(self, uri: str, size: int) -> bool:
        """Whether an object of this size is there."""
        bucket, key = _split(uri)
        try:
            return self._s3.head_object(Bucket=bucket, Key=key)["ContentLength"] == size
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
                return False
            raise

    def upload(self, file: str, uri: str) -> None:
        """Puts the file there."""
        bucket, key = _split(uri)
        self._s3.upload_file(file, bucket, key)

    def read(self, uri: str) -> bytes | None:
        """The object's bytes, or nothing where there is none."""
        bucket, key = _split(uri)
        try:
            return self._s3.get_object(Bucket=bucket, Key=key)["Body"].read()
        except self._s3.exceptions.NoSuchKey:
            return None

    def download(self, uri: str, file: Path, *, optional: bool = False) -> bool:
        """Brings the object into the file; whether there is one, where it may be missing."""
        bucket, key = _split(uri)
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._s3.download_file(bucket, key, str(file))
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
                if optional:
                    return False
                raise Failure(f"{uri} does not exist", 1) from error
            raise
        return True

    def first_lines(self, uri: str, count: int) -> list[str]:
        """The first lines of a text."""
        bucket, key = _split(uri)
        lines = self._s3.get_object(Bucket=bucket, Key=key)["Body"].iter_lines()
        return [line.decode() for line, _ in zip(lines, range(count), strict=False)]

    def read_json(self, uri: str) -> dict[str, Any]:
        """The object's JSON; an empty one where there is none."""
        return json.loads(self.read(uri) or b"{}")

    def names(self, uri: str) -> list[str]:
        """The addresses of the objects below a folder, in order."""
        bucket, prefix = _split(uri)
        pages = self._s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
        return sorted(f"s3://{bucket}/{item['Key']}" for page in pages for item in page.get("Contents", []))

    def ledger(self, store: str, name: str) -> list[dict[str, Any]]:
        """The entries of a release ledger, the newest last."""
        return [self.read_json(uri) for uri in self._entries(store, name)]

    def last_entry(self, store: str, name: str) -> dict[str, Any]:
        """The last entry of a release ledger, which has its whole state; an empty one where there is none."""
        entries = self._entries(store, name)
        return self.read_json(entries[-1]) if entries else {}

    def _entries(self, store: str, name: str) -> list[str]:
        names = [name]
        if name.endswith(SYNTHETIC):
            names.append(f"{name.removesuffix(SYNTHETIC)}-sample")  # as earlier versions wrote it
        found = (self.names(f"{store}/{each}/releases/") for each in names)
        return [uri for uri in next(filter(None, found), []) if re.search(r"/\d{6}\.json$", uri)]


def _split(uri: str) -> tuple[str, str]:
    parts = urlsplit(uri)
    return parts.netloc, parts.path.lstrip("/")
