"""The settings: environment variables, then Airflow's configuration, then Airflow's Variables."""

from __future__ import annotations

import difflib
import json
import os
from collections.abc import Iterable
from typing import Any

from airflow.sdk import Variable
from airflow.triggers.base import BaseTrigger

from propensity.configuration import RUNNER_SECTIONS, TASK_OPTIONS
from propensity.sdk import AirflowFailException, conf

SECTION = "propensity"

BY_VARIABLE = {
    "MLFLOW_TRACKING_URI": "propensity_mlflow",
    "PROPENSITY_ECS": "propensity_ecs",
    "PROPENSITY_KUBERNETES": "propensity_kubernetes",
    "PROPENSITY_SAGEMAKER": "propensity_sagemaker",
    "PROPENSITY_STORE": "propensity_store",
}
"""Airflow Variables by the environment variable that they replace."""


FLAGS = {"true": True, "false": False}


def setting(name: str, default: str = "") -> str:
    """A setting that DAG files may read: the environment variable, else the option in section ``[propensity]``.

    :param name: the environment variable; the option of ``PROPENSITY_IMAGE`` is ``image``
    :param default: the value where both are missing or empty
    """
    option = name.removeprefix("PROPENSITY_").lower()
    return os.environ.get(name) or conf.get(SECTION, option, fallback="") or default


def described(name: str) -> str:
    """A setting for messages: its option, and its environment variable."""
    return f"{name.removeprefix('PROPENSITY_').lower()} in the section [{SECTION}], or {name}"


def number(name: str, default: float) -> float:
    """A setting that is a number."""
    text = setting(name, str(default))
    try:
        return float(text)
    except ValueError:
        raise ValueError(f"{described(name)}: it must be a number of seconds, not {text!r}") from None


def check_options() -> None:
    """Rejects options in this package's sections of Airflow's configuration that it does not know.

    Raises:
        ValueError: naming each, and the nearest known one
    """
    known = {SECTION: set(TASK_OPTIONS), **{section: set(options) for section, options in RUNNER_SECTIONS.items()}}
    for section, options in known.items():
        for option in conf.getsection(section) or {}:
            if option not in options and not _of_one_task(option):
                where = f"in the section [{section}] of Airflow's configuration"
                raise ValueError(f"unknown option {option} {where}{_nearest(option, options)}")
    for section in conf.sections():
        if section not in known and difflib.get_close_matches(section, [SECTION], n=1, cutoff=0.8):
            raise ValueError(f"unknown section [{section}] in Airflow's configuration{_nearest(section, known)}")


def _of_one_task(option: str) -> bool:
    """Whether it is one of the options of single tasks or runners: ``runner_train``, ``pool_ecs``."""
    return option.startswith(("runner_", "pool_"))


def _nearest(wrong: str, names: Iterable[str]) -> str:
    """A hint for a wrong name: the nearest, and all."""
    names = sorted(names)
    found = "".join(f"; did you mean {name}?" for name in difflib.get_close_matches(wrong, names, n=1))
    return f"{found or ';'} there are {', '.join(names)}"


def flag(name: str, *, default: bool) -> bool:
    """A setting that is true or false."""
    return _flag(setting(name, str(default)), described(name))


def deferrable_by_default() -> bool:
    """Whether tasks wait in the triggerer: the setting, else whether it can stop the job of a task that is cleared."""
    return flag("PROPENSITY_DEFERRABLE", default=hasattr(BaseTrigger, "on_kill"))


def task_setting(name: str) -> str | None:
    """A setting of a running task, which may also be one of Airflow's Variables; none where it is not set."""
    return setting(name) or _variable(name)


def runner_settings(name: str) -> dict[str, Any]:
    """The settings of a runner.

    :param name: the environment variable with a JSON object, such as ``PROPENSITY_ECS``; without it, those of the
        section ``[propensity_ecs]`` count, then the Variable ``propensity_ecs``
    """
    found = optional_runner_settings(name)
    if not found:
        raise AirflowFailException(
            f"set {name}, the section [{name.lower()}] of Airflow's configuration, or the Airflow Variable "
            f"{BY_VARIABLE[name]}: see docs/own-airflow.md"
        )
    return found


def optional_runner_settings(name: str) -> dict[str, Any]:
    """The same, empty where there are none."""
    text = os.environ.get(name)
    if not text and (section := _section(name.lower())):
        return section
    text = text or _variable(name)
    return _object(text, name) if text else {}


def _section(section: str) -> dict[str, Any]:
    """The options of a runner's section that are set."""
    found: dict[str, Any] = {}
    for option, (kind, _) in RUNNER_SECTIONS[section].items():
        text = conf.get(section, option, fallback="")
        if not text:
            continue
        match kind:
            case "list":
                found[option] = [word.strip() for word in text.split(",") if word.strip()]
            case "flag":
                found[option] = _flag(text, f"[{section}] {option}")
            case "object":
                found[option] = _object(text, f"[{section}] {option}")
            case _:
                found[option] = text
    return found


def _flag(text: str, name: str) -> bool:
    if text.lower() not in FLAGS:
        raise ValueError(f"{name} must be true or false, not {text!r}")
    return FLAGS[text.lower()]


def _object(text: str, name: str) -> dict[str, Any]:
    try:
        return dict(json.loads(text))
    except (TypeError, ValueError) as error:
        raise AirflowFailException(f"{name} is not a JSON object: {error}") from error


def _variable(name: str) -> str | None:
    variable = BY_VARIABLE.get(name)
    return Variable.get(variable, default=None) if variable else None
