"""The two small tasks that plan an experiment: its folds, and the fits on them.

Both hold the dataset in a closure, for the run to pin: as an argument it would pass through the templates.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

from airflow.sdk import XComArg, get_current_context, task

from propensity.dags.candidates import BadExperiment, Candidate, candidates
from propensity.datasets import DatasetFile
from propensity.jar_task import DEFAULTS
from propensity.pinned import pinned
from propensity.run_conf import check_conf
from propensity.sdk import AirflowFailException

log = logging.getLogger(__name__)


def folds_of(dataset: DatasetFile) -> XComArg:
    """The options of preprocess for each fold; the task rejects an invalid experiment at once."""

    @task(**DEFAULTS)
    def plan() -> list[dict[str, int]]:
        context = get_current_context()
        check_conf(context)
        params = context["params"]
        for candidate in _candidates(pinned(context, dataset.text, dataset.error), params):
            log.info("candidate: %s %s", candidate["learner"], candidate["parameters"])
        count = params["folds"]
        return [{"folds": count, "fold": fold} for fold in range(1, count + 1)]

    return plan()


def fits_of(dataset: DatasetFile, folds: XComArg) -> XComArg:
    """The options of train for each candidate on each fold."""

    @task(**DEFAULTS)
    def fits(folds: Iterable[str]) -> list[dict[str, Any]]:
        features = list(folds)
        context = get_current_context()
        found = _candidates(pinned(context, dataset.text, dataset.error), context["params"])
        return [candidate | {"features": fold} for candidate in found for fold in features]

    return fits(folds)


def _candidates(specification: str, params: dict[str, Any]) -> list[Candidate]:
    try:
        return candidates(specification, params)
    except BadExperiment as error:
        raise AirflowFailException(str(error)) from error
