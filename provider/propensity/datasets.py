"""The files in ``datasets/``, as far as a DAG must know them. The jars check the rest."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from propensity.sdk import CronTriggerTimetable, conf
from propensity.settings import setting

MAX_BYTES = 100_000
"""Maximum bytes of a specification: it is passed as one argument, and Linux limits one to 128 KiB."""

SCHEDULE = re.compile(r"^schedule:[ \t]*(\S.*?)[ \t]*(?:#.*)?$", re.MULTILINE)
"""The line of a schedule, in a file that is no YAML."""

OUTCOMES = re.compile(r"^outcomes:", re.MULTILINE)
"""The section of outcomes, in a file that is no YAML."""

NEVER = {"", "~", "null", "none", "never"}

ON_CHAMPION = "champion"
"""The schedule of predictions for each new champion."""

WINDOWS = ("hour", "day", "week")
"""The windows in which captured rows are monitored."""

HORIZON_DAYS = 30
"""The days in which a positive outcome counts, by default."""

OWNER = "propensity"
"""The owner of a dataset whose file names none."""


class BrokenDataset(ValueError):
    """A file that defines no dataset; the message is for its author."""


@dataclass(frozen=True)
class DatasetFile:
    """A dataset's specification: what the DAG needs of it, and the text that the jars get."""

    name: str
    title: str
    schedule: str | None
    text: str
    prediction_schedule: str | None = None
    owner: str = OWNER
    window: str = "day"
    """The length of the windows in which captured rows are monitored: an hour, a day or a week."""
    horizon_days: int | None = None
    """The days in which a positive outcome counts; none if the file has no section ``outcomes``."""
    error: str | None = None
    """Why the file is none; its text is empty then."""

    @property
    def captures(self) -> bool:
        """Whether its endpoints capture the rows that they score."""
        return "capture" in self._specification

    @property
    def source(self) -> str:
        """Where the rows come from; empty where the text has no source."""
        return str(self._specification.get("source", ""))

    @property
    def is_synthetic(self) -> bool:
        """Whether the dataset has no other rows than synthetic ones."""
        return self.source.startswith("synthetic:")

    @property
    def label(self) -> dict[str, Any]:
        """The label: column, positive, negative; the jars check it."""
        label = self._specification.get("label")
        return label if isinstance(label, dict) else {}

    @property
    def prediction_source(self) -> str:
        """Where the rows to predict come from; empty where the text has none."""
        return str(_prediction(self._specification).get("source", ""))

    @property
    def _specification(self) -> dict[str, Any]:
        return _content(self.text) or {}


def folder() -> Path:
    """The folder of the datasets: the setting ``datasets``, else ``datasets`` beside Airflow's folder of DAGs."""
    return Path(setting("PROPENSITY_DATASETS") or Path(conf.get("core", "dags_folder")).with_name("datasets"))


def broken(file: Path, error: BrokenDataset) -> DatasetFile:
    """What takes the place of a broken file: its DAGs stay, at the times of its schedule as far as it can be read."""
    horizon = None
    try:
        text = file.read_text(encoding="utf-8", errors="replace")
        horizon = HORIZON_DAYS if OUTCOMES.search(text) else None
        line = SCHEDULE.search(text)
        schedule = _schedule(file, {"schedule": line[1].strip("'\"")} if line else {}, "@daily")
    except (OSError, BrokenDataset):
        schedule = "@daily"
    return DatasetFile(
        dag_name(file), f"{file.name} is invalid", schedule, text="", horizon_days=horizon, error=str(error)
    )


def read(file: Path) -> DatasetFile:
    """Reads one file. Scalars stay text as written: ``no`` is a string, not a boolean."""
    if file.suffix != ".yaml":
        raise BrokenDataset(f"{file.name}: rename it to {file.stem}.yaml")
    try:
        text = file.read_text(encoding="utf-8")
        content = _content(text)
    except (OSError, UnicodeDecodeError) as error:
        raise BrokenDataset(f"{file.name} cannot be read: {error}") from error
    except yaml.YAMLError as error:
        raise BrokenDataset(
            f"{file.name}{_place(error)}: not YAML: {getattr(error, 'problem', None) or error}"
        ) from error
    if not isinstance(content, dict):
        raise BrokenDataset(f"{file.name} must be a mapping of keys to values")
    if len(text.encode()) > MAX_BYTES:
        raise BrokenDataset(f"{file.name} has more than {MAX_BYTES} bytes")
    name = content.get("name")
    if name != file.stem:
        raise BrokenDataset(f"{file.name}: the name must be {file.stem}, as in the file's name, not {name!r}")
    if not isinstance(content.get("prediction", {}), dict):
        raise BrokenDataset(f"{file.name}: prediction must be a mapping of source and schedule")
    return DatasetFile(
        name,
        str(content.get("title", name)),
        _schedule(file, content, "@daily"),
        text,
        _schedule(file, _prediction(content), "never", {ON_CHAMPION}),
        _owner(file, content),
        _window(file, content),
        _horizon_days(file, content),
    )


def _content(text: str) -> Any:
    """The YAML's texts, lists and mappings; a BaseLoader makes nothing else."""
    return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506


def _place(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    return f", line {mark.line + 1}" if mark else ""


def _prediction(content: dict[str, Any]) -> dict[str, Any]:
    return content.get("prediction", {})


def _owner(file: Path, content: dict[str, Any]) -> str:
    owner = content.get("owner", OWNER)
    if not isinstance(owner, str) or not owner.strip():
        raise BrokenDataset(f"{file.name}: owner must be a name such as {OWNER}")
    return owner


def _window(file: Path, content: dict[str, Any]) -> str:
    monitor = content.get("monitor", {})
    window = monitor.get("window", "day") if isinstance(monitor, dict) else None
    if window not in WINDOWS:
        raise BrokenDataset(f"{file.name}: monitor must be a mapping whose window is one of {', '.join(WINDOWS)}")
    return window


def _horizon_days(file: Path, content: dict[str, Any]) -> int | None:
    if "outcomes" not in content:
        return None
    outcomes = content["outcomes"] or {}
    days = outcomes.get("horizon_days", str(HORIZON_DAYS)) if isinstance(outcomes, dict) else ""
    if not isinstance(days, str) or not days.isdecimal():
        raise BrokenDataset(f"{file.name}: outcomes must be a mapping whose horizon_days is a number such as 30")
    return int(days)


def _schedule(file: Path, content: dict, default: str, events: Collection[str] = ()) -> str | None:
    schedule = content.get("schedule", default)
    if not isinstance(schedule, str):
        raise BrokenDataset(f"{file.name}: schedule must be a string such as @daily")
    if schedule.lower() in NEVER:
        return None
    if schedule in events:
        return schedule
    try:
        CronTriggerTimetable(schedule, timezone="UTC").validate()
    except Exception as error:
        raise BrokenDataset(f"{file.name}: {schedule!r} is not a schedule such as @daily or '0 6 * * 1'") from error
    return schedule


def dag_name(file: Path) -> str:
    """A name for the file that Airflow takes, were the file broken."""
    return re.sub(r"[^A-Za-z0-9_.-]", "_", file.stem)
