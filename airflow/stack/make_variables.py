"""What the caller's variables name, checked by the standard library alone: before anything is installed or started.

``python3 -m stack.make_variables GOAL…`` checks it for make's goals; the commands read it by the same functions.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from propensity.learners import LEARNERS
from stack import places
from stack.datasets import dataset_names, nearest
from stack.failure import Failure
from stack.requested import requested

RELEASES = ("auto", "release", "challenger")
COMPUTATIONS = ("download", "preprocess", "train", "evaluate")
OF_EXPERIMENT = (*COMPUTATIONS, "compare")

OF_RELEASED = {"ask", "invoke", "runserver", "runstreamlit"}
"""Goals whose DATASET may be a ledger's name, that of synthetic rows among them."""


def check(goals: Iterable[str]) -> None:
    """Checks what can be checked without Java and without packages; the jars check the rest once they are built.

    Raises:
        Failure: for the first variable that is wrong
    """
    requested()
    if not OF_RELEASED.issuperset(goals):
        dataset_name()
    for variable in ("DATA", "TEST"):
        check_file(variable, os.environ.get(variable))
    for variable in ("LEARNER", "LEARNERS"):
        check_learners(variable)
    for variable in ("PARAMETERS", "SEARCH"):
        json_object(variable)
    release_wish()
    forced(OF_EXPERIMENT)


def check_file(variable: str, data: str | None) -> None:
    """Rejects a file that is not there, may not be read or is empty; addresses pass."""
    if data and not is_address(data):
        path = Path(data).expanduser()
        if not path.is_file():
            raise Failure(f"{variable}={data}: {'is a folder, not a file' if path.is_dir() else 'no such file'}", 2)
        if not os.access(path, os.R_OK):
            raise Failure(f"{variable}={data}: may not be read", 2)
        if path.stat().st_size == 0:
            raise Failure(f"{variable}={data}: the file is empty", 2)


def is_address(data: str) -> bool:
    """Whether it is an address that tasks can read themselves, and not a file of this machine."""
    return re.match(r"(https?|s3)://|(kaggle|sample):", data) is not None


def check_learners(variable: str) -> None:
    """Rejects a learner that there is not, by the nearest name and all."""
    for learner in (os.environ.get(variable) or "").replace(",", " ").split():
        if learner not in LEARNERS:
            raise Failure(f"{variable}={learner}: {nearest(learner, LEARNERS)}", 2)


def dataset_name() -> str:
    """The dataset that is meant; its file can be read."""
    dataset = os.environ.get("DATASET") or "insurance"
    names = dataset_names()
    if dataset not in names:
        raise Failure(f"DATASET={dataset}: {nearest(dataset, names)} in {places.DATASETS}", 2)
    try:
        places.text(places.DATASETS / f"{dataset}.yaml")
    except (OSError, UnicodeDecodeError) as error:
        raise Failure(f"DATASET={dataset}: {places.DATASETS / dataset}.yaml cannot be read: {error}", 2) from error
    return dataset


def release_wish() -> str:
    """What is to become of the model."""
    release = os.environ.get("RELEASE") or "auto"
    if release not in RELEASES:
        raise Failure(f"RELEASE={release}: must be one of {', '.join(RELEASES)}", 2)
    return release


def forced(computations: tuple[str, ...]) -> list[str]:
    """The tasks that are to work again."""
    force = (os.environ.get("FORCE") or "").replace(",", " ").split()
    force = list(computations) if force == ["all"] else force
    if not set(force) <= set(computations):
        raise Failure(f"FORCE={' '.join(force)}: must be all, or some of {', '.join(computations)}", 2)
    return force


def json_object(variable: str) -> dict[str, Any]:
    """A variable that holds a JSON object; an empty one where it is empty."""
    text = os.environ.get(variable) or "{}"
    try:
        value = json.loads(text)
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise Failure(f"""{variable}={text}: must be JSON such as '{{"eta": 0.05}}'""", 2)
    return value


if __name__ == "__main__":
    try:
        check(sys.argv[1:])
    except Failure as failure:
        print(failure, file=sys.stderr)
        sys.exit(failure.code)
