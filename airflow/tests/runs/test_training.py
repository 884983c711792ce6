from __future__ import annotations

import pytest

from stack import paths
from stack.failure import Failure
from stack.runs import training


@pytest.mark.parametrize(
    ("learner", "parameters", "line"),
    [
        ("xgbost", {}, "^no learner 'xgbost'; did you mean 'xgboost'\\? There are xgboost, lightgbm, "),
        ("logistic", {"eta": 0.1}, "^logistic has no parameter 'eta'; there are "),
        (None, {"eta": 2}, "^xgboost's parameter eta must be a number from 0.0001 to 1, not 2$"),
    ],
)
def test_the_jar_rejects_a_wrong_choice_by_the_nearest_name_and_all(learner, parameters, line):
    needs_jars()
    rejects(training.TrainingRequest("insurance", learner=learner, parameters=parameters), line)


def test_the_jar_accepts_a_right_choice():
    needs_jars()
    training.TrainingRequest("insurance", parameters={"eta": 0.1}).check()


def test_a_wrong_file_is_named_as_it_lies_below_the_projects_folder(tmp_path, monkeypatch):
    needs_jars()
    text = (paths.DATASETS / "insurance.yaml").read_text()
    (tmp_path / "datasets").mkdir()
    (tmp_path / "datasets" / "insurance.yaml").write_text(text.replace("identifier:", "identifer:"))
    monkeypatch.setattr(paths, "DATASETS", tmp_path / "datasets")
    monkeypatch.chdir(tmp_path)
    rejects(training.TrainingRequest("insurance"), r"^datasets/insurance.yaml, line \d+: ")


def needs_jars():
    if not (paths.BUILT_JARS / "code.sha256").exists():
        pytest.skip("the jars are not built: make build")


def rejects(request: training.TrainingRequest, line: str):
    with pytest.raises(Failure, match=line) as failure:
        request.check()
    assert failure.value.code == 2


def test_a_run_on_synthetic_data_has_a_note_that_says_so():
    bodies = []

    class Airflow:
        def call(self, method, path, json, **_):
            bodies.append(json)

    for source in ("synthetic:50000", "s3://b/rows.csv", None):
        training.trigger(Airflow(), "toys_training", {"source": source})
    assert [body["note"] for body in bodies] == [training.SYNTHETIC, None, None]
