"""The candidates of an experiment: learners with their parameters, from a grid and a seeded random search."""

from __future__ import annotations

import itertools
import json
import math
import random
from collections.abc import Iterator
from typing import Any

import yaml

MAX_MODELS = 500
"""Maximum models of all folds: the list of their addresses is one argument, and Linux limits one to 128 KiB."""

DIGITS = 4
"""Significant digits of a number that was drawn: so many that none is the same, so few that people can read it."""

Candidate = dict[str, Any]


class BadExperiment(ValueError):
    """Parameters that define no experiment; the message is for the user."""


def candidates(specification: str, params: dict[str, Any]) -> list[Candidate]:
    """The candidates as ``{"learner": …, "parameters": …}``, always the same for the same parameters.

    :param specification: the dataset's YAML text: its learner, its seed and its section ``search``
    :param params: the run's: ``learners``, ``folds``, ``parameters`` (a list of values spans a grid),
        ``trials`` drawn for each learner beside its settings as they are, ``search`` over the
        specification's ranges, ``seed``
    """
    parsed = yaml.load(specification, Loader=yaml.BaseLoader)  # noqa: S506
    parameters, search, trials = params["parameters"] or {}, params["search"] or {}, params["trials"] or 0
    learners = list(dict.fromkeys(params["learners"] or [parsed.get("learner", "xgboost")]))
    seed = params["seed"]
    if seed is None:
        seed = _mapping(parsed.get("split")).get("seed", 1)
    found: list[Candidate] = []
    for learner in learners:
        ranges = _ranges(learner, _mapping(parsed.get("search")), search)
        for settings in _grid(_parameters_of(learner, learners, parameters)):
            found.append({"learner": learner, "parameters": settings})
        if trials:
            fixed = _parameters_of(learner, learners, parameters)
            found += _trials(learner, fixed, ranges, trials, seed)
    found = [json.loads(text) for text in dict.fromkeys(json.dumps(candidate) for candidate in found)]
    if len(found) * params["folds"] > MAX_MODELS:
        raise BadExperiment(
            f"{len(found)} candidates on {params['folds']} folds are more than {MAX_MODELS} models, the limit: "
            "use fewer trials, values or folds"
        )
    return found


def _parameters_of(learner: str, learners: list[str], parameters: dict[str, Any]) -> dict[str, Any]:
    """The run's parameters of this learner: its own entry where the entries are by learner, else all of them."""
    if not any(isinstance(value, dict) for value in parameters.values()):
        return parameters
    unknown = [name for name in parameters if name not in learners or not isinstance(parameters[name], dict)]
    if unknown:
        raise BadExperiment(
            f"parameters of {', '.join(unknown)}: the learners of this experiment are {', '.join(learners)}"
        )
    return parameters.get(learner, {})


def _grid(parameters: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Each choice of one value from each list."""
    choices = [value if isinstance(value, list) else [value] for value in parameters.values()]
    for values in itertools.product(*choices):
        yield dict(zip(parameters, values, strict=True))


def _ranges(learner: str, specification: dict[str, Any], overrides: dict[str, Any]) -> dict[str, Any]:
    # The specification was read as text; its numbers are as JSON has them.
    own = {name: _numbers(value) for name, value in _mapping(specification.get(learner)).items()}
    return own | _mapping(overrides.get(learner))


def _trials(
    learner: str, fixed: dict[str, Any], ranges: dict[str, Any], count: int, seed: int | str
) -> Iterator[Candidate]:
    """Draws over the ranges; what the run fixes to one value stays, a list of it is drawn from."""
    spaces = ranges | {name: {"one_of": value} for name, value in fixed.items() if isinstance(value, list)}
    constant = {name: value for name, value in fixed.items() if not isinstance(value, list)}
    spaces = {name: space for name, space in spaces.items() if name not in constant}
    if not spaces:
        raise BadExperiment(
            f"trials of {learner} need ranges: in the section search of the dataset's file, or in the run's form, "
            f'such as {{"{learner}": {{"eta": [0.01, 0.1]}}}}'
        )
    # A text seeds the same numbers on every machine and in every process.
    rng = random.Random(f"{seed}:{learner}")  # noqa: S311
    for _ in range(count):
        drawn = {name: _draw(learner, name, space, rng) for name, space in spaces.items()}
        yield {"learner": learner, "parameters": constant | drawn}


def _draw(learner: str, name: str, space: Any, rng: random.Random) -> Any:
    match space:
        case {"one_of": [_, *_] as values}:
            return rng.choice(values)
        case [int() as low, int() as high] if low < high:
            return min(high, math.floor(_between(low, high + 1, rng)))
        case [int() | float() as low, int() | float() as high] if low < high:
            return float(f"{_between(low, high, rng):.{DIGITS}g}")
    raise BadExperiment(
        f'search of {learner}: {name} must be [lowest, highest], two rising numbers, or {{"one_of": […]}}, not {space}'
    )


def _between(low: float, high: float, rng: random.Random) -> float:
    """Evenly; by orders of magnitude where there are any."""
    if low > 0 and high >= 10 * low:
        return math.exp(rng.uniform(math.log(low), math.log(high)))
    return rng.uniform(low, high)


def _numbers(value: Any) -> Any:
    """YAML's strings as numbers where they are numbers."""
    if isinstance(value, dict):
        return {key: _numbers(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_numbers(item) for item in value]
    try:
        return json.loads(value)
    except ValueError:
        return float(value) if _is_number(value) else value


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
