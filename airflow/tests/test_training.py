from __future__ import annotations

import pytest

from stack import training
from stack.failure import Failure


@pytest.fixture(autouse=True)
def variables(monkeypatch):
    """Make's variables, all of them empty as make hands them on."""
    for name in ("DATASET", "DATA", "LEARNER", "PARAMETERS", "RELEASE", "FORCE"):
        monkeypatch.setenv(name, "")
    return monkeypatch.setenv


def test_empty_variables_are_defaults():
    assert training.request() == training.Request("insurance", None, None, {}, "auto", [])


def test_forces_all_computations_or_the_named_ones(variables):
    variables("FORCE", "all")
    assert training.request().force == ["download", "preprocess", "train", "evaluate"]
    variables("FORCE", "train,evaluate")
    assert training.request().force == ["train", "evaluate"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("DATASET", "absent"), ("RELEASE", "perhaps"), ("FORCE", "deploy"), ("PARAMETERS", "eta=1"), ("PARAMETERS", "[]")],
)
def test_refuses_a_wrong_variable_by_its_name(variables, name, value):
    variables(name, value)

    with pytest.raises(Failure, match=f"^{name}=") as failure:
        training.request()
    assert failure.value.code == 2
