"""The arguments and the result of a jar on another machine, both on S3: it shares no disk with the worker."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from botocore.exceptions import ClientError

from propensity.runners import contract

KEY_DIGITS = 32
READ = "read"


class Results:
    """The results of jars, below the setting ``results``.

    The prefix needs a lifecycle rule of some days: arguments and the positions of logs stay behind, and results
    where a worker was killed.

    :param s3: a client of S3
    :param results: ``s3://bucket/prefix``
    """

    def __init__(self, s3, results: str) -> None:
        self.s3 = s3
        place = urlsplit(results)
        self.bucket, self.prefix = place.netloc, place.path.strip("/")

    def result(self, name: str) -> Any:
        """What the jar wrote, or nothing."""
        return self.get(f"{name}.json")

    def unread(self, name: str) -> bool:
        """Whether there is a result, and nobody has marked it as read."""
        answer = self._call(self.s3.head_object, f"{name}.json")
        return answer is not None and READ not in answer["Metadata"]

    def mark_read(self, name: str, result: Any) -> None:
        """Keeps the result, for others who wait for it, but marked as read."""
        self.put(f"{name}.json", result, **{READ: "yes"})

    def delete_result(self, name: str) -> None:
        """Removes the result: it was read, or is an earlier try's."""
        self.s3.delete_object(Bucket=self.bucket, Key=self.key(f"{name}.json"))

    def get(self, file: str) -> Any:
        """The content of a file, or nothing where there is none."""
        answer = self._call(self.s3.get_object, file)
        return None if answer is None else contract.load(BytesIO(answer["Body"].read()))

    def put(self, file: str, content: Any, **metadata: str) -> None:
        """Writes a file of JSON."""
        body = json.dumps(content).encode()
        self.s3.put_object(
            Bucket=self.bucket, Key=self.key(file), Body=body, ContentType="application/json", Metadata=metadata
        )

    def key(self, file: str) -> str:
        """The key of a file below the prefix."""
        return f"{self.prefix}/{file}" if self.prefix else file

    def uri(self, file: str) -> str:
        """The URI of a file below the prefix."""
        return f"s3://{self.bucket}/{self.key(file)}"

    def _call(self, operation: Callable[..., dict[str, Any]], file: str) -> dict[str, Any] | None:
        """What S3 answers of the file, or nothing where there is none."""
        try:
            return operation(Bucket=self.bucket, Key=self.key(file))
        except ClientError as error:
            if error.response["Error"]["Code"] in ("NoSuchKey", "404"):
                return None
            raise


class RemoteJob:
    """The arguments of a jar, beside its result.

    They are stored there, since a dataset's text is longer than what a container's arguments may
    be, and the jar reads them as ``@s3://…``. Their key is a digest of them.

    :param argv: the jar's name and its options
    :param identity: what else distinguishes this job from another one with the same arguments
    :param more: further options, which do not distinguish it
    """

    def __init__(self, results: Results, argv: list[str], identity: list[str], more: Sequence[str] = ()) -> None:
        self.results = results
        self.jar, self.arguments = argv[0], [*argv[1:], *more]
        self.key = hashlib.sha256(json.dumps([argv, identity]).encode()).hexdigest()[:KEY_DIGITS]

    def command(self, name: str) -> list[str]:
        """The arguments of the launcher, each of at most a few hundred characters.

        :param name: what the result is named
        """
        return [self.jar, f"@{self.results.uri(self._file)}", "--result", self.results.uri(f"{name}.json")]

    def put_arguments(self) -> None:
        """Puts the arguments where the jar reads them."""
        self.results.put(self._file, self.arguments)

    @property
    def _file(self) -> str:
        return f"{self.key}.arguments.json"
