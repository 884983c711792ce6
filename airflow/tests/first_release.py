"""A release ledger with one entry, without a task that registers the model."""

from __future__ import annotations

import hashlib
import json
import time
from pathlib import Path


def write(buckets: Path, store: str, name: str, model: str) -> None:
    """Writes the entry where the S3 server of this folder keeps it.

    Args:
        store: the location of the store
        model: the location of the model, which is version 1
    """
    files = json.loads((_file(buckets, model) / "manifest.json").read_text())["files"]
    canonical = json.dumps(files, sort_keys=True, separators=(",", ":")).encode()
    release = {
        "digest": hashlib.sha256(canonical).hexdigest(),
        "evaluation": f"{store}/{name}/evaluate/none",
        "model": model,
        "version": 1,
    }
    entry = {
        "action": "released",
        "challenger": None,
        "champion": release,
        "from": None,
        "held": [],
        "models": [release["digest"]],
        "name": name,
        "number": 1,
        "previous": None,
        "schema": 2,
        "subject": release,
        "to": 1,
        "when": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "who": "test",
        "why": "test",
    }
    ledger = _file(buckets, f"{store}/{name}/releases")
    ledger.mkdir(parents=True)
    (ledger / "000001.json").write_text(json.dumps(entry, sort_keys=True, separators=(",", ":")))


def _file(buckets: Path, uri: str) -> Path:
    return buckets / uri.removeprefix("s3://").rstrip("/")
