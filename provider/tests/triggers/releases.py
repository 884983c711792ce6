"""Models in a store, of no more than their sample rows, and a ledger that releases them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

DIGEST = "0" * 64


@dataclass
class Releases:
    """The ledger of a dataset, in a bucket's folder ``store``.

    :param count: how many models there are
    """

    s3: Any
    bucket: str
    name: str
    count: int = 2
    models: list[dict] = field(default_factory=list)
    champions: list[dict] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.models = [self._model(version) for version in range(1, self.count + 1)]

    def release(self) -> str:
        """Releases the next model, after the last one the first again; the entry's URI."""
        number = len(self.champions) + 1
        release = self.models[(number - 1) % self.count]
        entry = {
            "schema": 2,
            "number": number,
            "name": self.name,
            "action": "promoted",
            "to": release["version"],
            "subject": release,
            "champion": release,
            "held": [],
            "models": [model["digest"] for model in self.models],
            "who": "tests",
            "when": "2026-01-01T00:00:00Z",
            "why": "a test",
        }
        if self.champions:
            entry |= {"from": self.champions[-1]["version"], "previous": self.champions[-1]}
        self.champions.append(release)
        return self._put(f"{self.name}/releases/{number:06}.json", canonical(entry))

    def _model(self, version: int) -> dict:
        """A model as a release names it."""
        rows = canonical([{"row": {"age": "30"}, "score": version / 8}])
        files = {"sample-rows.json": {"bytes": len(rows), "sha256": sha256(rows)}}
        computation = {
            "dataset": self.name,
            "origin": "real",
            "task": "train",
            "code": DIGEST,
            "parameters": {"version": version},
            "inputs": {},
        }
        manifest = computation | {"schema": 1, "files": files}
        folder = f"{self.name}/train/{sha256(canonical(computation))}"
        self._put(f"{folder}/sample-rows.json", rows)
        uri = self._put(f"{folder}/manifest.json", canonical(manifest)).removesuffix("/manifest.json")
        evaluation = f"s3://{self.bucket}/store/{self.name}/evaluate/{DIGEST}"
        return {"version": version, "model": uri, "digest": sha256(canonical(files)), "evaluation": evaluation}

    def _put(self, key: str, content: bytes) -> str:
        self.s3.put_object(Bucket=self.bucket, Key=f"store/{key}", Body=content)
        return f"s3://{self.bucket}/store/{key}"


def canonical(value: Any) -> bytes:
    """Canonical JSON."""
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def sha256(content: bytes) -> str:
    """The digest, in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()
