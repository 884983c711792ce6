from __future__ import annotations

import pytest
import yaml

from stack import specification
from stack.failure import Failure
from stack.paths import PROJECT


def test_changes_the_learner_and_its_parameters_and_nothing_else():
    before = (PROJECT / "datasets" / "santander.yaml").read_text(encoding="utf-8")
    after = specification.with_defaults(before, "logistic", {"quadratic": True, "l2": 0.5})
    read, old = yaml.safe_load(after), yaml.safe_load(before)
    assert read["learner"] == "logistic"
    assert read["parameters"] == old["parameters"] | {"logistic": {"quadratic": True, "l2": 0.5}}
    assert set(before.splitlines()) - set(after.splitlines()) <= {"learner: xgboost", "parameters:"} | {
        line for line in before.splitlines() if line.strip().startswith("logistic:")
    }
    assert [line for line in after.splitlines() if "#" in line] == [line for line in before.splitlines() if "#" in line]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # a block, its comments, and what follows
        (
            "name: a\nlearner: xgboost # ours\nparameters:\n  # why\n  xgboost:\n    # old\n    eta: 0.1\n\n"
            "  lightgbm: {}\n# end\nsplit: {seed: 1}\n",
            'name: a\nlearner: xgboost # ours\nparameters:\n  # why\n  xgboost: {"eta": 0.5}\n\n'
            "  lightgbm: {}\n# end\nsplit: {seed: 1}\n",
        ),
        # inline, with others whose words stay plain
        (
            "learner: lightgbm\nparameters: {lightgbm: {mode: no}, xgboost: {eta: 1}} # said\nsplit: {seed: 1}\n",
            'learner: xgboost\nparameters: {lightgbm: {mode: no}, xgboost: {"eta": 0.5}} # said\nsplit: {seed: 1}\n',
        ),
        # neither exists yet
        (
            "name: a\nsplit: {seed: 1}\n",
            'name: a\nsplit: {seed: 1}\nlearner: xgboost\nparameters:\n  xgboost: {"eta": 0.5}\n',
        ),
        # parameters of another learner only, deeper indented
        (
            "learner: lightgbm\nparameters:\n    lightgbm:\n        eta: 0.1\n\nsplit: {seed: 1}\n",
            "learner: xgboost\nparameters:\n    lightgbm:\n        eta: 0.1\n"
            '    xgboost: {"eta": 0.5}\n\nsplit: {seed: 1}\n',
        ),
        # no parameters, and comments below the learner
        (
            'learner: "lightgbm" # ours\n\n# how\nsplit: {seed: 1}\n',
            'learner: "xgboost"  # ours\nparameters:\n  xgboost: {"eta": 0.5}\n\n# how\nsplit: {seed: 1}\n',
        ),
        # the learner's parameters are the last, and end in a list
        (
            "learner: xgboost\nparameters:\n  lightgbm: {}\n  xgboost: # old\n    # old\n    signs:\n      - 1\n"
            "      - 0 # old\n\n# how\nsplit: {seed: 1} # why\n# end\n",
            'learner: xgboost\nparameters:\n  lightgbm: {}\n  xgboost: {"eta": 0.5}\n\n# how\n'
            "split: {seed: 1} # why\n# end\n",
        ),
        # a value that is empty
        (
            "learner: xgboost\nparameters:\n\nsplit: {seed: 1}\n",
            'learner: xgboost\nparameters:\n  xgboost: {"eta": 0.5}\n\nsplit: {seed: 1}\n',
        ),
    ],
)
def test_keeps_comments_order_and_form(before, after):
    assert specification.with_defaults(before, "xgboost", {"eta": 0.5}) == after
    assert specification.with_defaults(after, "xgboost", {"eta": 0.5}) == after


def test_writes_parameters_as_they_are_given():
    parameters = {"l2": 1e-05, "mode": "no", "layers": [8, 4], "more": {"a": None, "b": True}}
    after = specification.with_defaults("name: a\n", "xgboost", parameters)
    assert (
        after == "name: a\nlearner: xgboost\nparameters:\n"
        '  xgboost: {"l2": 1e-05, "mode": "no", "layers": [8, 4], "more": {"a": null, "b": true}}\n'
    )


def test_changes_a_mapping_that_is_written_inline():
    after = specification.with_defaults("{name: a, learner: lightgbm}\n", "xgboost", {"eta": 0.5})
    assert yaml.safe_load(after) == {"name": "a", "learner": "xgboost", "parameters": {"xgboost": {"eta": 0.5}}}


@pytest.mark.parametrize(
    ("text", "reason"),
    [("- a\n", "not a YAML mapping"), ("", "not a YAML mapping"), ("a: [1\n", "not YAML: .* line 2, column 1")],
)
def test_rejects_a_file_that_is_not_a_mapping(text, reason):
    with pytest.raises(Failure, match=reason) as failure:
        specification.with_defaults(text, "xgboost", {"eta": 0.5})
    assert failure.value.code == 2
