"""The source of a run's rows: the given one, that of an earlier run, Kaggle, or synthetic rows."""

from __future__ import annotations

import hashlib
import json
import os
import re
from dataclasses import dataclass
from pathlib import Path

from stack import datasets, jars, option_values, paths, wording
from stack.airflow_api import AirflowApi
from stack.configuration.settings import Settings
from stack.failure import Failure
from stack.store import Store

SYNTHETIC_ROWS = 50_000


@dataclass(frozen=True)
class Source:
    """A run's source."""

    description: str
    """For messages."""
    param: str | None = None
    """The run's parameter, so that tasks cleared later read the same rows; without it the specification counts."""
    uri: str | None = None
    """Where the rows are, for a jar; without it the specification counts."""

    @property
    def synthetic(self) -> bool:
        """Whether the rows are synthetic."""
        return (self.param or self.description).startswith(datasets.SYNTHETIC_SOURCES)

    def name(self, dataset: str) -> str:
        """The name that releases go by: the dataset's, or that of its synthetic rows."""
        return f"{dataset}{datasets.SYNTHETIC}" if self.synthetic else dataset


def check_rows(
    dataset: str, data: str | None, variable: str = "DATA", policy: str = "training", folds: int | None = None
) -> None:
    """Rejects a file of invalid rows before anything is started, as the run would; the jars are built by then.

    Args:
        policy: ``training``, or ``scoring`` where rows need no labels
        folds: the number of folds that must each have both labels
    """
    option_values.rows(variable, data)
    if data and not option_values.is_address(data):
        file = Path(data).expanduser().absolute()
        words = ["--check", f"--policy={policy}", f"--dataset={datasets.file(dataset)}", f"--source={file}"]
        jars.check("download", *words, *([f"--folds={folds}"] if folds else []))


def find(dataset: str, data: str | None, api: AirflowApi, settings: Settings) -> Source:
    """The source of rows to train on."""
    if data and data.startswith(datasets.SYNTHETIC_SOURCES):
        return Source(f"synthetic rows ({data})", param=data, uri=data)
    if data:
        uri = _address(data, settings)
        return Source(data, param=uri, uri=uri)
    kept = api.variable(_variable(dataset))
    if kept:
        return _from_last_run(kept, settings)
    return _from_specification(datasets.source(dataset), api, settings)


def keep(dataset: str, data: str | None, found: Source, api: AirflowApi) -> None:
    """Keeps a given source as the dataset's on this stack, except synthetic rows."""
    if data and found.uri and not found.uri.startswith(datasets.SYNTHETIC_SOURCES):
        api.put_variable(_variable(dataset), found.uri, f"The source of the rows of {dataset}")


def find_rows_to_predict(
    dataset: str,
    data: str | None,
    api: AirflowApi,
    settings: Settings,
    model: str | None = None,
    variable: str = "DATA",
) -> Source:
    """The source of one prediction.

    Args:
        model: the name that the model's releases go by, where it is not the champion or a version

    Raises:
        Failure: if only synthetic rows are left, and the model was trained on real rows
    """
    if data:
        uri = _address(data, settings)
        return Source(data, param=uri, uri=uri)
    kept = api.variable(f"propensity_prediction_source_{dataset}")
    if kept:
        return _from_last_run(kept, settings)
    own = datasets.prediction_source(dataset)
    if not own:
        return find(dataset, None, api, settings)
    found = _from_specification(own, api, settings)
    of_real_rows = model == dataset if model else api.variable(_variable(dataset)) is not None
    if found.synthetic and not own.startswith(datasets.SYNTHETIC_SOURCES) and of_real_rows:
        raise Failure(
            f"{variable}= is missing: the rows to score. The dataset's file names {own}, but no Kaggle credentials were"
            f" given, and a model of real rows does not score synthetic rows: add {variable}=rows.csv",
            2,
        )
    return found


def _variable(dataset: str) -> str:
    return f"propensity_source_{dataset}"


def _from_last_run(kept: str, settings: Settings) -> Source:
    """The source of an earlier run; a file by its own name, not by its address in the store."""
    own = kept.startswith(f"{settings.store}/inbox/")
    return Source(f"{kept.rpartition('/')[2] if own else kept} (as before)", param=kept, uri=kept)


def _from_specification(own: str, api: AirflowApi, settings: Settings) -> Source:
    """The specification's own source, or synthetic rows where that is Kaggle and no credentials are found.

    A file or folder of this machine is uploaded, since tasks may run in containers that cannot read it.
    """
    if own and not option_values.is_address(own) and Path(own).expanduser().exists():
        uri = _address(own, settings)
        return Source(own, param=uri, uri=uri)
    if not own.startswith("kaggle:"):
        return Source(own) if own else _synthetic("the dataset's file names no source")
    credentials = _kaggle()
    if credentials is None:
        return _synthetic(wording.as_typed("no DATA=… and no Kaggle credentials were given"))
    user, key = credentials
    api.put_connection(
        {
            "connection_id": "kaggle",
            "conn_type": "generic",
            "description": "The credentials for Kaggle",
            "login": user,
            "password": key,
        }
    )
    return Source(own)


def kaggle_environment() -> dict[str, str]:
    """Kaggle's credentials for a jar; empty where there are none."""
    credentials = _kaggle()
    return dict(zip(("KAGGLE_USERNAME", "KAGGLE_KEY"), credentials, strict=True)) if credentials else {}


def _address(data: str, settings: Settings) -> str:
    """Where tasks find it: a file is uploaded, and so are the files of a folder."""
    if option_values.is_address(data):
        return data
    path = Path(data).expanduser()
    return _upload_parts(path, settings) if path.is_dir() else _upload(path, settings)


def _synthetic(why: str) -> Source:
    uri = f"synthetic:{SYNTHETIC_ROWS}"
    return Source(f"{SYNTHETIC_ROWS} SYNTHETIC rows, since {why}", param=uri, uri=uri)


def _upload(file: Path, settings: Settings) -> str:
    uri = f"{settings.store}/inbox/{_digest(file)}/{_key(file)}"
    _put(file, uri, Store(settings))
    return uri


def _upload_parts(folder: Path, settings: Settings) -> str:
    """Uploads the files of a table in several, by names that keep their order and are valid in any key."""
    parts = option_values.parts(folder)
    names = "".join(f"{_digest(file)} {file.name}\n" for file in parts)
    uri = f"{settings.store}/inbox/{hashlib.sha256(names.encode()).hexdigest()}/{_key(folder.absolute())}"
    store = Store(settings)
    for number, file in enumerate(parts):
        _put(file, f"{uri}/part-{number:05d}.parquet", store)
    return uri


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _key(path: Path) -> str:
    """Its name as part of an object's key."""
    return re.sub(r"[^A-Za-z0-9._-]", "_", path.name)


def _put(file: Path, uri: str, store: Store) -> None:
    if not store.has(uri, file.stat().st_size):
        store.upload(str(file), uri)


def _kaggle() -> tuple[str, str] | None:
    if os.environ.get("KAGGLE_USERNAME") and os.environ.get("KAGGLE_KEY"):
        return os.environ["KAGGLE_USERNAME"], os.environ["KAGGLE_KEY"]
    for folder in (paths.PROJECT, Path.home()):
        file = folder / ".kaggle" / "kaggle.json"
        kept = paths.text(file)
        if kept is not None:
            try:
                content = json.loads(kept)
                return content["username"], content["key"]
            except (ValueError, KeyError, TypeError) as error:
                raise Failure(f'{file} must be {{"username": "…", "key": "…"}}', 2) from error
    return None
