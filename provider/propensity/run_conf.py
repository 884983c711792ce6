"""The conf of a run. Airflow checks the values of the form's keys; keys that the form lacks it would ignore."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from propensity.sdk import AirflowFailException


def check_conf(context) -> None:
    """Rejects a run whose conf has a key that its form lacks. The first task calls it, before any work.

    Raises:
        AirflowFailException: naming each unknown key and the nearest known one
    """
    unknown = unknown_keys(context["dag_run"].conf or {}, context["dag"].params)
    if unknown:
        raise AirflowFailException(unknown)


def unknown_keys(conf: Iterable[str], known: Iterable[str]) -> str:
    """One line that names the keys that are not known and the nearest known ones; empty where all are."""
    names = list(known)
    unknown = [f"{key!r}{_nearest(key, names)}" for key in conf if key not in names]
    if not unknown:
        return ""
    keys = "key" if len(unknown) == 1 else "keys"
    return f"the run's conf has the unknown {keys} {', '.join(unknown)}; valid keys are {', '.join(names)}"


def _nearest(key: str, names: list[str]) -> str:
    return "".join(f" (did you mean {name!r}?)" for name in difflib.get_close_matches(key, names, n=1))
