"""The options of the commands, read and checked by the standard library alone: before anything is installed or started.

A value is a text as it was typed; none, or an empty one, counts as not given. Messages name an option by its variable
of make, such as ``DATA`` for ``--data``.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

from propensity.learners import LEARNERS, RANKING_METRICS
from stack import paths
from stack.datasets import dataset_names, nearest
from stack.failure import Failure

RELEASES = ("auto", "release", "challenger")
RUNNERS = ("docker", "process")
FLAGS = ("BACKUP", "CAPTURE", "COMPARE", "MONITORING", "REGISTRY", "SLOW", "YES")
"""Variables that are 1 or 0."""
PORTS = (
    "AIRFLOW_PORT",
    "MLFLOW_PORT",
    "S3_PORT",
    "ENDPOINT_PORT",
    "PROMETHEUS_PORT",
    "ALERTMANAGER_PORT",
    "BLACKBOX_PORT",
)
COMPUTATIONS = ("download", "preprocess", "train", "evaluate")
OF_EXPERIMENT = (*COMPUTATIONS, "compare")
DEFAULT_DATASET = "insurance"


def rows(variable: str, data: str | None) -> str | None:
    """A file or an address of rows, or a folder of Parquet files; rejects one that does not exist or has no rows."""
    if data and not is_address(data):
        folder = Path(data).expanduser()
        if not folder.is_dir():
            file(variable, data)
        elif not _has_rows(variable, folder):
            raise Failure(f"{variable}={data}: is a folder without Parquet files", 2)
    return data or None


def _has_rows(variable: str, folder: Path) -> bool:
    """Whether a folder has more than metadata; what becomes of folders in it is for the jar to decide."""
    try:
        return any(not file.name.startswith(("_", ".")) for file in folder.iterdir())
    except OSError as error:
        raise Failure(f"{variable}={folder}: {(error.strerror or str(error)).lower()}", 2) from error


def parts(folder: Path) -> list[Path]:
    """The files of a table in several, in order; others in its folder, such as _SUCCESS, have no rows."""
    try:
        return sorted(file for file in folder.iterdir() if file.is_file() and not file.name.startswith(("_", ".")))
    except OSError as error:
        raise Failure(f"{folder}: {(error.strerror or str(error)).lower()}", 2) from error


def file(variable: str, name: str) -> Path:
    """A file of this machine; rejects one that does not exist, cannot be read or is empty."""
    path = Path(name).expanduser()
    if not path.is_file():
        raise Failure(f"{variable}={name}: {'is a folder, not a file' if path.is_dir() else 'no such file'}", 2)
    if not os.access(path, os.R_OK):
        raise Failure(f"{variable}={name}: permission denied", 2)
    if path.stat().st_size == 0:
        raise Failure(f"{variable}={name}: the file is empty", 2)
    return path


def absolute(data: str | None) -> str | None:
    """An address as it is; a file by its full path, for a program that runs in another folder."""
    return str(Path(data).expanduser().absolute()) if data and not is_address(data) else data or None


def is_address(data: str) -> bool:
    """Whether it is an address that tasks can read themselves, and not a file of this machine."""
    return re.match(r"(https?|s3)://|(kaggle|synthetic|sample):", data) is not None


def learners(variable: str, text: str | None) -> list[str]:
    """The learners' names, separated by spaces or commas; rejects an unknown one and shows the nearest."""
    found = (text or "").replace(",", " ").split()
    for learner in found:
        if learner not in LEARNERS:
            raise Failure(f"{variable}={learner}: {nearest(learner, LEARNERS)}", 2)
    return found


def learner(text: str | None) -> str | None:
    """One learner's name."""
    learners("LEARNER", text)
    return text or None


def dataset(text: str | None) -> str:
    """The dataset's name; its file can be read."""
    name = text or DEFAULT_DATASET
    names = dataset_names()
    if name not in names:
        raise Failure(f"DATASET={name}: {nearest(name, names)} in {paths.DATASETS}", 2)
    try:
        paths.text(paths.DATASETS / f"{name}.yaml")
    except (OSError, UnicodeDecodeError) as error:
        raise Failure(f"DATASET={name}: {paths.DATASETS / name}.yaml cannot be read: {error}", 2) from error
    return name


def release(text: str | None) -> str:
    """What becomes of the model."""
    if text and text not in RELEASES:
        raise Failure(f"RELEASE={text}: must be one of {', '.join(RELEASES)}", 2)
    return text or "auto"


def rank(text: str | None) -> str:
    """What decides which candidate is the best."""
    if text and text not in RANKING_METRICS:
        raise Failure(f"RANK={text}: must be one of {', '.join(RANKING_METRICS)}", 2)
    return text or "auc"


def forced(text: str | None, computations: tuple[str, ...]) -> list[str]:
    """The tasks whose results are computed again."""
    force = (text or "").replace(",", " ").split()
    force = list(computations) if force == ["all"] else force
    if not set(force) <= set(computations):
        raise Failure(f"FORCE={' '.join(force)}: must be all, or some of {', '.join(computations)}", 2)
    return force


def json_object(variable: str, text: str | None) -> dict[str, Any]:
    """A JSON object; an empty one where none is given."""
    try:
        value = json.loads(text or "{}")
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise Failure(f"""{variable}={text}: must be JSON such as '{{"eta": 0.05}}'""", 2)
    return value


def number(variable: str, text: str | None, lowest: int = 0, highest: int | None = None) -> int | None:
    """A whole number in a range."""
    if not text:
        return None
    if not text.isdecimal() or int(text) < lowest or (highest is not None and int(text) > highest):
        between = "" if highest is None else f" from {lowest} to {highest}"
        raise Failure(f"{variable}={text}: must be a number{between}", 2)
    return int(text)


def version(text: str | None) -> int | None:
    """A model's version."""
    if text and not text.isdecimal():
        raise Failure(f"VERSION={text}: must be the number of a version; make history lists the versions", 2)
    return int(text) if text else None


def port(variable: str, text: str | None) -> int | None:
    """A port of this machine."""
    if text and not (text.isdecimal() and 1 <= int(text) <= 65535):
        raise Failure(f"{variable} must be a port from 1 to 65535, not {text}", 2)
    return int(text) if text else None


def runner(text: str | None) -> str | None:
    """Where the tasks run."""
    return one_of("RUNNER", text, RUNNERS)


def one_of(variable: str, text: str | None, allowed: tuple[str, ...]) -> str | None:
    """One of a few words."""
    if text and text not in allowed:
        raise Failure(f"{variable} must be {' or '.join(allowed)}, not {text}", 2)
    return text or None


def flag(variable: str, text: str | None) -> bool | None:
    """Whether a variable of make is set: 1 or 0, or nothing where none is given."""
    if text and text not in ("1", "0"):
        raise Failure(f"{variable} must be 1 or 0, not {text}", 2)
    return text == "1" if text else None


def run_name(text: str | None) -> tuple[str, str]:
    """A run's DAG and identifier, of DAG/run."""
    dag, _, run = (text or "").partition("/")
    if not dag or not run:
        raise Failure(
            "RUN= is missing: the run to end as DAG/run, such as RUN=insurance_training/manual__2026-11-29", 2
        )
    return dag, run
