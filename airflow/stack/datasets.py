"""The datasets' files, as far as the stack needs them."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Any

from stack import paths

SYNTHETIC = "-synthetic"
"""What follows a dataset's name where its rows are synthetic."""

SYNTHETIC_SOURCES = ("synthetic:", "sample:")
"""Sources of synthetic rows, by their beginning; the second is that of earlier versions."""


def dataset_names() -> list[str]:
    """The datasets that have a file, by the file's name."""
    return sorted(file.stem for file in paths.DATASETS.glob("*.yaml"))


def current_name(name: str) -> str:
    """The name as it is written now; earlier versions wrote ``-sample`` for ``-synthetic``."""
    return name.removesuffix("-sample") + SYNTHETIC if name.endswith("-sample") else name


def nearest(wrong: str, names: list[str]) -> str:
    """A hint for a wrong name: the nearest, where one is near, and all."""
    near = difflib.get_close_matches(wrong, names, n=1)
    return "".join(f"did you mean {name}? " for name in near) + f"there are {', '.join(names)}"


def file(dataset: str) -> Path:
    """The dataset's file, relative to the working folder where it is below it."""
    found = paths.DATASETS / f"{dataset}.yaml"
    return found.relative_to(Path.cwd()) if found.is_relative_to(Path.cwd()) else found


def source(dataset: str) -> str:
    """The source of the rows in the specification; empty where there is none."""
    return _text(_specification(dataset).get("source"))


def prediction_source(dataset: str) -> str:
    """The source of the rows to predict in the specification; empty where there is none."""
    prediction = _specification(dataset).get("prediction")
    return _text(prediction.get("source") if isinstance(prediction, dict) else None)


def capture(dataset: str) -> dict[str, Any] | None:
    """What the specification lets endpoints capture; nothing if it has no such section."""
    section = _specification(dataset).get("capture")
    return section if isinstance(section, dict) else {} if section == "" else None


def has_outcomes(dataset: str) -> bool:
    """Whether the specification has a section ``outcomes``."""
    return "outcomes" in _specification(dataset)


def _specification(dataset: str) -> dict[str, Any]:
    """The file's content; an empty one for a broken file, whose errors the run reports."""
    import yaml  # missing before the first install, when the names above are checked already

    try:
        # Texts, lists and mappings only: a scalar is its text.
        content = yaml.load(paths.text(paths.DATASETS / f"{dataset}.yaml") or "", Loader=yaml.BaseLoader)  # noqa: S506
    except yaml.YAMLError:
        return {}
    return content if isinstance(content, dict) else {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
