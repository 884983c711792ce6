"""The champion of a release ledger, for the commands that score with it."""

from __future__ import annotations

from stack import datasets, wording
from stack.airflow_api import Json
from stack.failure import Failure
from stack.runs.source import SYNTHETIC_ROWS


def champion(entry: Json, name: str, purpose: str = "") -> Json:
    """The champion.

    Args:
        entry: the last one of the ledger; empty where there is none
        purpose: for what it is needed, with a comma before it

    Raises:
        Failure: if there is none, with the command that changes that
    """
    if not entry:
        base = name.removesuffix(datasets.SYNTHETIC)
        rows = {"DATA": f"synthetic:{SYNTHETIC_ROWS}"} if base != name else {}
        command = wording.command("run", DATASET=base, **rows)
        raise Failure(f"no model is registered as {name}{purpose}; to train one: {command}", 2)
    if not entry.get("champion"):
        command = wording.command("promote", DATASET=name, VERSION=str(len(entry["models"])))
        raise Failure(f"{name} has no champion{purpose}; to promote a version: {command}", 2)
    return entry["champion"]
