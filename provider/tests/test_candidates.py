"""The candidates of an experiment."""

from __future__ import annotations

import math

import pytest

from propensity.dags.candidates import MAX_MODELS, BadExperiment, candidates

SPECIFICATION = """
name: toys
learner: lightgbm
split: {seed: 7}
search:
  lightgbm: {eta: [0.001, 0.1], num_leaves: [2, 64], subsample: [0.5, 1], mode: {one_of: [yes, "1"]}}
"""


def run_params(**params):
    return candidates(
        SPECIFICATION,
        {"learners": [], "folds": 5, "parameters": {}, "trials": 0, "search": {}, "seed": None} | params,
    )


def test_without_parameters_only_the_datasets_own_learner_competes():
    assert run_params() == [{"learner": "lightgbm", "parameters": {}}]


def test_each_learner_competes_once_in_the_order_named():
    names = [candidate["learner"] for candidate in run_params(learners=["logistic", "xgboost", "logistic"])]
    assert names == ["logistic", "xgboost"]


def test_lists_form_a_grid():
    grid = [
        candidate["parameters"]
        for candidate in run_params(parameters={"eta": [0.1, 0.2], "rounds": 10, "depth": [1, 2]})
    ]
    assert grid == [
        {"eta": 0.1, "rounds": 10, "depth": 1},
        {"eta": 0.1, "rounds": 10, "depth": 2},
        {"eta": 0.2, "rounds": 10, "depth": 1},
        {"eta": 0.2, "rounds": 10, "depth": 2},
    ]


def test_parameters_may_be_given_by_learner():
    found = run_params(learners=["xgboost", "logistic"], parameters={"xgboost": {"eta": [0.1, 0.3]}})
    assert found == [
        {"learner": "xgboost", "parameters": {"eta": 0.1}},
        {"learner": "xgboost", "parameters": {"eta": 0.3}},
        {"learner": "logistic", "parameters": {}},
    ]
    with pytest.raises(BadExperiment, match="parameters of lightgbm: the learners of this experiment are xgboost"):
        run_params(learners=["xgboost"], parameters={"lightgbm": {"eta": 0.1}})


def test_trials_are_drawn_from_the_ranges_beside_the_settings_as_they_are():
    first, *drawn = (candidate["parameters"] for candidate in run_params(trials=90))
    assert first == {}
    assert len(drawn) == 90
    for parameters in drawn:
        assert set(parameters) == {"eta", "num_leaves", "subsample", "mode"}
        assert 0.001 <= parameters["eta"] <= 0.1
        assert isinstance(parameters["num_leaves"], int)
        assert 2 <= parameters["num_leaves"] <= 64
        assert 0.5 <= parameters["subsample"] <= 1
        assert parameters["mode"] in ("yes", 1)
    # By orders of magnitude: about half are below the geometric mean of the ends.
    assert 30 <= sum(parameters["eta"] < math.sqrt(0.001 * 0.1) for parameters in drawn) <= 60


def test_both_ends_of_whole_numbers_are_drawn():
    drawn = {
        candidate["parameters"]["n"] for candidate in run_params(trials=60, search={"lightgbm": {"n": [0, 2]}})[1:]
    }
    assert drawn == {0, 1, 2}


def test_the_seed_alone_decides_what_is_drawn():
    assert run_params(trials=3) == run_params(trials=3)
    assert run_params(trials=3) == run_params(trials=3, seed=7)
    assert run_params(trials=3) != run_params(trials=3, seed=8)
    # A further learner or trial changes none of the others.
    assert run_params(trials=4)[:4] == run_params(trials=3)
    both = run_params(trials=3, learners=["lightgbm", "xgboost"], search={"xgboost": {"eta": [0.1, 0.2]}})
    assert both[:4] == run_params(trials=3)


def test_draws_these_numbers_on_every_machine():
    drawn = run_params(trials=1, search={"lightgbm": {"eta": [0.01, 0.1]}}, seed=1)[1]
    assert drawn["parameters"] == {"eta": 0.04029, "num_leaves": 4, "subsample": 0.9903, "mode": "yes"}


def test_what_the_run_fixes_is_not_drawn_and_what_it_lists_is():
    drawn = [candidate["parameters"] for candidate in run_params(trials=5, parameters={"eta": 0.5, "rounds": [10, 20]})]
    assert drawn[:2] == [{"eta": 0.5, "rounds": 10}, {"eta": 0.5, "rounds": 20}]
    assert all(parameters["eta"] == 0.5 and parameters["rounds"] in (10, 20) for parameters in drawn)


def test_the_form_overrides_a_range():
    drawn = run_params(trials=10, search={"lightgbm": {"eta": [0.7, 0.8]}})[1:]
    assert all(0.7 <= candidate["parameters"]["eta"] <= 0.8 for candidate in drawn)


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"trials": 2, "learners": ["xgboost"]}, "trials of xgboost need ranges"),
        ({"trials": 2, "search": {"lightgbm": {"eta": [1]}}}, "eta must be \\[lowest, highest\\]"),
        ({"trials": 2, "search": {"lightgbm": {"eta": [2, 1]}}}, "eta must be \\[lowest, highest\\]"),
        ({"trials": 2, "search": {"lightgbm": {"eta": {"one_of": []}}}}, "eta must be \\[lowest, highest\\]"),
        ({"trials": MAX_MODELS}, f"are more than {MAX_MODELS} models"),
    ],
)
def test_rejects_an_invalid_experiment(params, message):
    with pytest.raises(BadExperiment, match=message):
        run_params(**params)
