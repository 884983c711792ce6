"""The arguments and the result of a jar on another machine, both on S3: it shares no disk with the worker."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from botocore.exceptions import ClientError

from propensity.runners import contract

KEY_DIGITS = 32
READ = "read"


class RemoteJob:
    """Arguments and result of a jar, below the setting ``results``.

    The arguments are stored there, since a dataset's text is longer than what a container's arguments may
    be, and the jar reads them as ``@s3://…``. Their key is a digest of them. The results prefix
    needs a lifecycle rule of some days: arguments stay behind, and results where a worker was killed.

    :param s3: a client of S3
    :param results: ``s3://bucket/prefix``
    :param argv: the jar's name and its options
    :param identity: what else distinguishes this job from another one with the same arguments
    """

    def __init__(self, s3, results: str, argv: list[str], identity: list[str]) -> None:
        self.s3 = s3
        place = urlsplit(results)
        self.bucket, self.prefix = place.netloc, place.path.strip("/")
        self.jar, self.arguments = argv[0], argv[1:]
        self.key = hashlib.sha256(json.dumps([argv, identity]).encode()).hexdigest()[:KEY_DIGITS]

    def command(self, name: str) -> list[str]:
        """The arguments of the launcher, each of at most a few hundred characters."""
        return [self.jar, f"@{self._uri(self._arguments_key)}", "--result", self._uri(self._result_key(name))]

    def put_arguments(self) -> None:
        """Puts the arguments where the jar reads them."""
        body = json.dumps(self.arguments).encode()
        self.s3.put_object(Bucket=self.bucket, Key=self._arguments_key, Body=body, ContentType="application/json")

    def result(self, name: str) -> Any:
        """What the jar wrote, or nothing."""
        answer = self._call(self.s3.get_object, name)
        return None if answer is None else contract.load(BytesIO(answer["Body"].read()))

    def unread(self, name: str) -> bool:
        """Whether there is a result, and nobody has marked it as read."""
        answer = self._call(self.s3.head_object, name)
        return answer is not None and READ not in answer["Metadata"]

    def mark_read(self, name: str, result: Any) -> None:
        """Keeps the result, for others who wait for it, but marked as read."""
        body = json.dumps(result).encode()
        self.s3.put_object(Bucket=self.bucket, Key=self._result_key(name), Body=body, Metadata={READ: "yes"})

    def delete_result(self, name: str) -> None:
        """Removes the result: it was read, or is an earlier try's."""
        self.s3.delete_object(Bucket=self.bucket, Key=self._result_key(name))

    def _call(self, operation: Callable[..., dict[str, Any]], name: str) -> dict[str, Any] | None:
        """What S3 answers of the result, or nothing where there is none."""
        try:
            return operation(Bucket=self.bucket, Key=self._result_key(name))
        except ClientError as error:
            if error.response["Error"]["Code"] in ("NoSuchKey", "404"):
                return None
            raise

    @property
    def _arguments_key(self) -> str:
        return self._key(f"{self.key}.arguments.json")

    def _result_key(self, name: str) -> str:
        return self._key(f"{name}.json")

    def _key(self, file: str) -> str:
        return f"{self.prefix}/{file}" if self.prefix else file

    def _uri(self, key: str) -> str:
        return f"s3://{self.bucket}/{key}"
