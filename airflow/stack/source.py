"""Where a run's rows come from: what was asked, what was kept, Kaggle, or made-up ones."""

from __future__ import annotations

import hashlib
import json
import os
import re
from dataclasses import dataclass
from pathlib import Path

from stack import datasets, places
from stack.airflow_api import AirflowApi
from stack.failure import Failure
from stack.settings import Settings
from stack.store import Store

SAMPLE_ROWS = 50_000


@dataclass(frozen=True)
class Source:
    """A run's source."""

    said: str
    """For the person."""
    param: str | None = None
    """For this run alone; without it the Variable counts, or else the specification."""


def check(data: str | None) -> None:
    """Refuses a file that is not there, before anything is started."""
    if data and not _is_address(data):
        path = Path(data).expanduser()
        if not path.is_file():
            raise Failure(f"DATA={data}: {'is a folder, not a file' if path.is_dir() else 'no such file'}", 2)
        if not os.access(path, os.R_OK):
            raise Failure(f"DATA={data}: may not be read", 2)
        if path.stat().st_size == 0:
            raise Failure(f"DATA={data}: the file is empty", 2)


def find(dataset: str, data: str | None, api: AirflowApi, settings: Settings) -> Source:
    """The run's source; keeps what was asked for as the data set's source on this stack."""
    variable = f"propensity_source_{dataset}"
    if data and data.startswith("sample:"):
        return Source(f"made-up rows ({data})", param=data)
    if data:
        uri = data if _is_address(data) else _upload(Path(data).expanduser(), settings)
        api.put_variable(variable, uri, f"Where the rows of {dataset} come from")
        return Source(data)
    kept = api.variable(variable)
    if kept:
        return Source(f"{kept} (as before)")
    own = datasets.source(dataset)
    if not own.startswith("kaggle:"):
        return Source(own) if own else _sample("the data set's file names no source")
    credentials = _kaggle()
    if credentials is None:
        return _sample("no DATA=… and no Kaggle credentials were given")
    user, key = credentials
    api.put_connection(
        {
            "connection_id": "kaggle",
            "conn_type": "generic",
            "description": "The credentials by which Kaggle is asked",
            "login": user,
            "password": key,
        }
    )
    return Source(own)


def _sample(why: str) -> Source:
    return Source(f"{SAMPLE_ROWS} MADE-UP rows, since {why}", param=f"sample:{SAMPLE_ROWS}")


def _is_address(data: str) -> bool:
    return re.match(r"(https?|s3)://|(kaggle|sample):", data) is not None


def _upload(file: Path, settings: Settings) -> str:
    with file.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    name = re.sub(r"[^A-Za-z0-9._-]", "_", file.name)
    uri = f"{settings.store}/inbox/{digest}/{name}"
    store = Store(settings)
    if not store.has(uri, file.stat().st_size):
        store.upload(str(file), uri)
    return uri


def _kaggle() -> tuple[str, str] | None:
    if os.environ.get("KAGGLE_USERNAME") and os.environ.get("KAGGLE_KEY"):
        return os.environ["KAGGLE_USERNAME"], os.environ["KAGGLE_KEY"]
    for folder in (places.PROJECT, Path.home()):
        file = folder / ".kaggle" / "kaggle.json"
        kept = places.text(file)
        if kept is not None:
            try:
                content = json.loads(kept)
                return content["username"], content["key"]
            except (ValueError, KeyError, TypeError) as error:
                raise Failure(f'{file} must be {{"username": "…", "key": "…"}}', 2) from error
    return None
