"""Values of options, read and checked by the standard library alone."""

from __future__ import annotations

import pytest

from stack import options
from stack.failure import Failure


@pytest.mark.parametrize(
    ("read", "text", "line"),
    [
        (lambda text: options.rows("DATA", text), "/nope.csv", "DATA=/nope.csv: no such file"),
        (lambda text: options.rows("TEST", text), "/", "TEST=/: is a folder, not a file"),
        (options.dataset, "insurence", "DATASET=insurence: did you mean insurance? there are insurance, santander in "),
        (options.learner, "xgbost", "LEARNER=xgbost: did you mean xgboost? there are xgboost, lightgbm, "),
        (
            lambda text: options.learners("LEARNERS", text),
            "xgboost,lightgm",
            "LEARNERS=lightgm: did you mean lightgbm? there are xgboost, lightgbm, ",
        ),
        (lambda text: options.json_object("PARAMETERS", text), "eta=1", "PARAMETERS=eta=1: must be JSON such as "),
        (lambda text: options.json_object("PARAMETERS", text), "[]", "PARAMETERS=[]: must be JSON such as "),
        (options.runner, "foo", "RUNNER must be docker or process, not foo"),
        (options.release, "perhaps", "RELEASE=perhaps: must be one of auto, release, challenger"),
        (
            lambda text: options.forced(text, options.COMPUTATIONS),
            "deploy",
            "FORCE=deploy: must be all, or some of download, preprocess, train, evaluate",
        ),
        (lambda text: options.number("FOLDS", text, 2, 20), "five", "FOLDS=five: must be a number from 2 to 20"),
        (lambda text: options.number("TRIALS", text, 0, 200), "-1", "TRIALS=-1: must be a number from 0 to 200"),
        (lambda text: options.number("DAYS", text), "x", "DAYS=x: must be a number"),
        (options.version, "x", "VERSION=x: must be the number of a version; make history lists the versions"),
        (options.run_name, "insurance_training", "RUN= is missing: the run to end as DAG/run"),
    ],
)
def test_a_wrong_value_is_one_line_that_names_it_and_the_right_ones(read, text, line):
    with pytest.raises(Failure) as failure:
        read(text)

    assert str(failure.value).startswith(line)
    assert len(str(failure.value).splitlines()) == 1
    assert failure.value.code == 2


@pytest.mark.parametrize("text", ["0", "65536", "http", "-1"])
def test_rejects_what_is_no_port(text):
    with pytest.raises(Failure, match=f"^S3_PORT must be a port from 1 to 65535, not {text}$"):
        options.port("S3_PORT", text)


def test_an_empty_value_counts_as_not_given():
    assert options.rows("DATA", "") is options.learner("") is options.version("") is options.number("N", "") is None
    assert options.json_object("PARAMETERS", "") == {}
    assert (options.dataset(""), options.release("")) == ("insurance", "auto")


def test_forces_all_computations_or_the_named_ones():
    assert options.forced("all", options.COMPUTATIONS) == ["download", "preprocess", "train", "evaluate"]
    assert options.forced("train,evaluate", options.COMPUTATIONS) == ["train", "evaluate"]


def test_learners_are_separated_by_spaces_or_commas():
    assert options.learners("LEARNERS", "logistic lightgbm,xgboost") == ["logistic", "lightgbm", "xgboost"]


def test_a_file_has_its_full_path_for_programs_that_run_in_another_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", "/home/ada")
    assert options.absolute("rows.csv") == f"{tmp_path}/rows.csv"
    assert options.absolute("~/rows.csv") == "/home/ada/rows.csv"
    assert options.absolute("s3://bucket/rows.csv") == "s3://bucket/rows.csv"
    assert options.absolute("") is options.absolute(None) is None


def test_addresses_are_no_files():
    for address in (
        "https://example.org/a.csv",
        "s3://bucket/a.csv",
        "kaggle:owner/name",
        "synthetic:100",
        "sample:100",
    ):
        assert options.rows("DATA", address) == address
