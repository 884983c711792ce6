"""What became of a task, in one line.

Airflow shows it in the list of a run's tasks, which is the first page of a run: it keeps the rendered
``map_index_template`` of every task, mapped or not, in the column *Map Index*.
"""

from __future__ import annotations

import textwrap
from typing import Any

from propensity.sdk import AirflowFailException, AirflowSkipException, redact

SYNTHETIC = "SYNTHETIC DATA"
MAX_CHARACTERS = 120
"""The column is narrow: what comes first must do. Airflow's database has 250."""


def summary(result: dict[str, Any] | None, error: BaseException | None) -> str:
    """The reason of a result, or of a task that was skipped or needs user action; empty where there is none.

    :param result: the jar's result, of a task that succeeded
    :param error: the exception of one that did not
    """
    text = ""
    if result is not None:
        text = result.get("reason") or result.get("status", "")
    elif isinstance(error, (AirflowFailException, AirflowSkipException)):
        text = str(redact(str(error)))
    if is_synthetic(result):
        text = f"{SYNTHETIC}: {text}"
    return textwrap.shorten("; ".join(text.splitlines()), MAX_CHARACTERS, placeholder=" …")


def is_synthetic(result: dict[str, Any] | None) -> bool:
    """Whether the result derives from synthetic rows: the jars name it ``<dataset>-synthetic``."""
    return str((result or {}).get("name", "")).endswith("-synthetic")
