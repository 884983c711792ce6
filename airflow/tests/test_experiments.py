from __future__ import annotations

import pytest

from stack import places
from stack.failure import Failure
from stack.runs import experiments

VARIABLES = (
    "DATASET DATA LEARNER LEARNERS FOLDS TRIALS PARAMETERS SEARCH SEED CANDIDATE RELEASE FORCE".split()  # noqa: SIM905
)


@pytest.fixture(autouse=True)
def variables(monkeypatch):
    """Make's variables, all of them empty as make hands them on."""
    for name in VARIABLES:
        monkeypatch.setenv(name, "")
    return monkeypatch.setenv


def test_empty_variables_are_defaults():
    assert experiments.request().conf(None) == {
        "source": None,
        "learners": [],
        "folds": 5,
        "parameters": {},
        "trials": 0,
        "search": {},
        "seed": None,
        "candidate": None,
        "release": "auto",
        "force": [],
    }


def test_learners_are_words(variables):
    variables("LEARNERS", "logistic lightgbm,randomforest")
    variables("FOLDS", "3")
    variables("FORCE", "compare")
    conf = experiments.request().conf("s3://inbox/rows.csv")
    assert conf["learners"] == ["logistic", "lightgbm", "randomforest"]
    assert conf["folds"] == 3
    assert conf["source"] == "s3://inbox/rows.csv"
    assert conf["force"] == ["compare"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("DATASET", "absent"), ("FOLDS", "five"), ("TRIALS", "-1"), ("SEARCH", "eta"), ("RELEASE", "x"), ("FORCE", "fit")],
)
def test_refuses_a_wrong_variable_by_its_name(variables, name, value):
    variables(name, value)
    with pytest.raises(Failure, match=f"^{name}=") as failure:
        experiments.request()
    assert failure.value.code == 2


@pytest.mark.parametrize(
    ("wishes", "line"),
    [
        ({"LEARNERS": "logistic lightgmb"}, "^no learner 'lightgmb'; did you mean 'lightgbm'\\? There are xgboost"),
        ({"PARAMETERS": '{"eta": [0.1, 2]}'}, "^xgboost's parameter eta must be a number from 0.0001 to 1, not 2$"),
        ({"LEARNERS": "logistic", "PARAMETERS": '{"eta": [0.1]}'}, "^logistic has no parameter 'eta'; there are "),
        ({"TRIALS": "3", "SEARCH": '{"xgboost": {"etta": [0.1, 0.2]}}'}, "^xgboost has no parameter 'etta'; did you"),
        ({"TRIALS": "3", "LEARNERS": "randomforest"}, "^trials of randomforest need ranges"),
    ],
)
def test_what_cannot_be_learned_is_refused_before_anything_starts(variables, wishes, line):
    if not (places.BUILT_JARS / "code.sha256").exists():
        pytest.skip("the jars are not built: make build")
    for name, value in wishes.items():
        variables(name, value)
    with pytest.raises(Failure, match=line) as failure:
        experiments.request().check()
    assert failure.value.code == 2


def test_the_table_shows_the_candidates_from_the_best():
    comparison = {
        "candidates": [
            candidate("lightgbm", 0.85, {"eta": 0.1}),
            candidate("logistic", 0.84, {}),
        ]
    }
    efforts = {"lightgbm": {"train_cpu_seconds": 61.25, "train_peak_mebibytes": 512.4}}
    assert experiments.table(comparison, efforts) == [
        "candidate  AUC by fold      pooled  log loss  rounds  CPU s  MiB  not the defaults",
        'lightgbm   0.8500 ± 0.0020  0.8500  0.3000    1,234   61.2   512  {"eta": 0.1}',
        "logistic   0.8400 ± 0.0020  0.8400  0.3000    1,234   –      –    {}",
    ]


def candidate(name, auc, changed):
    return {
        "name": name,
        "auc": {"mean": auc, "deviation": 0.002},
        "pooled_auc": {"value": auc},
        "log_loss": 0.3,
        "rounds": 1234,
        "changed": changed,
    }
