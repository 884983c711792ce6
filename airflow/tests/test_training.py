from __future__ import annotations

import pytest

from stack import places
from stack.failure import Failure
from stack.runs import training


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


def test_a_wrong_data_set_is_answered_by_the_nearest_and_all(variables):
    variables("DATASET", "insurence")

    with pytest.raises(
        Failure, match=r"^DATASET=insurence: did you mean insurance\? there are insurance, santander in "
    ):
        training.request()


def test_the_jar_refuses_a_wrong_choice_by_the_nearest_name_and_all(variables):
    needs_jars()
    variables("LEARNER", "xgbost")
    refuses("^no learner 'xgbost'; did you mean 'xgboost'\\? There are xgboost, lightgbm, ")
    variables("LEARNER", "logistic")
    variables("PARAMETERS", '{"eta": 0.1}')
    refuses("^logistic has no parameter 'eta'; there are ")
    variables("LEARNER", "")
    variables("PARAMETERS", '{"eta": 2}')
    refuses("^xgboost's parameter eta must be a number from 0.0001 to 1, not 2$")
    variables("PARAMETERS", '{"eta": 0.1}')
    training.request().check()


def test_a_wrong_file_is_named_as_it_lies_below_the_projects_folder(variables, tmp_path, monkeypatch):
    needs_jars()
    text = (places.DATASETS / "insurance.yaml").read_text()
    (tmp_path / "datasets").mkdir()
    (tmp_path / "datasets" / "insurance.yaml").write_text(text.replace("identifier:", "identifer:"))
    monkeypatch.setattr(places, "DATASETS", tmp_path / "datasets")
    monkeypatch.chdir(tmp_path)
    refuses(r"^datasets/insurance.yaml, line \d+: ")


def needs_jars():
    if not (places.BUILT_JARS / "code.sha256").exists():
        pytest.skip("the jars are not built: make build")


def refuses(line: str):
    with pytest.raises(Failure, match=line) as failure:
        training.request().check()
    assert failure.value.code == 2
