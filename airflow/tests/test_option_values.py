"""Values of options, read and checked by the standard library alone."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from stack import option_values
from stack.failure import Failure


@pytest.mark.parametrize(
    ("read", "text", "line"),
    [
        (lambda text: option_values.rows("DATA", text), "/nope.csv", "DATA=/nope.csv: no such file"),
        (
            option_values.dataset,
            "insurence",
            "DATASET=insurence: did you mean insurance? there are insurance, santander in ",
        ),
        (option_values.learner, "xgbost", "LEARNER=xgbost: did you mean xgboost? there are xgboost, lightgbm, "),
        (
            lambda text: option_values.learners("LEARNERS", text),
            "xgboost,lightgm",
            "LEARNERS=lightgm: did you mean lightgbm? there are xgboost, lightgbm, ",
        ),
        (
            lambda text: option_values.json_object("PARAMETERS", text),
            "eta=1",
            "PARAMETERS=eta=1: must be JSON such as ",
        ),
        (lambda text: option_values.json_object("PARAMETERS", text), "[]", "PARAMETERS=[]: must be JSON such as "),
        (option_values.runner, "foo", "RUNNER must be docker or process, not foo"),
        (option_values.release, "perhaps", "RELEASE=perhaps: must be one of auto, release, challenger"),
        (option_values.rank, "gini", "RANK=gini: must be one of auc, log_loss, profit"),
        (
            lambda text: option_values.forced(text, option_values.COMPUTATIONS),
            "deploy",
            "FORCE=deploy: must be all, or some of download, preprocess, train, evaluate",
        ),
        (lambda text: option_values.number("FOLDS", text, 2, 20), "five", "FOLDS=five: must be a number from 2 to 20"),
        (lambda text: option_values.number("TRIALS", text, 0, 200), "-1", "TRIALS=-1: must be a number from 0 to 200"),
        (lambda text: option_values.number("DAYS", text), "x", "DAYS=x: must be a number"),
        (option_values.version, "x", "VERSION=x: must be the number of a version; make history lists the versions"),
        (option_values.run_name, "insurance_training", "RUN= is missing: the run to end as DAG/run"),
    ],
)
def test_a_wrong_value_is_one_line_that_names_it_and_the_right_ones(read, text, line):
    with pytest.raises(Failure) as failure:
        read(text)

    assert str(failure.value).startswith(line)
    assert len(str(failure.value).splitlines()) == 1
    assert failure.value.code == 2


def test_rejects_a_folder_of_metadata_only(tmp_path):
    (tmp_path / "_SUCCESS").touch()
    (tmp_path / ".part-0.parquet.crc").touch()
    with pytest.raises(Failure, match=r"^DATA=.*: is a folder without Parquet files$"):
        option_values.rows("DATA", str(tmp_path))
    (tmp_path / "year=2024").mkdir()
    assert option_values.rows("DATA", str(tmp_path)) == str(tmp_path), "the jar says what is wrong with partitions"


@pytest.mark.parametrize("read", [lambda folder: option_values.rows("DATA", str(folder)), option_values.parts])
def test_a_folder_that_cannot_be_listed_is_one_line(tmp_path, monkeypatch, read):
    def denied(_):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(Path, "iterdir", denied)
    with pytest.raises(Failure, match=f"{tmp_path}: permission denied$") as failure:
        read(tmp_path)
    assert failure.value.code == 2


@pytest.mark.parametrize("text", ["0", "65536", "http", "-1"])
def test_rejects_what_is_no_port(text):
    with pytest.raises(Failure, match=f"^S3_PORT must be a port from 1 to 65535, not {text}$"):
        option_values.port("S3_PORT", text)


def test_an_empty_value_counts_as_not_given():
    assert (
        option_values.rows("DATA", "")
        is option_values.learner("")
        is option_values.version("")
        is option_values.number("N", "")
        is None
    )
    assert option_values.json_object("PARAMETERS", "") == {}
    assert (option_values.dataset(""), option_values.release("")) == ("insurance", "auto")


def test_forces_all_computations_or_the_named_ones():
    assert option_values.forced("all", option_values.COMPUTATIONS) == ["download", "preprocess", "train", "evaluate"]
    assert option_values.forced("train,evaluate", option_values.COMPUTATIONS) == ["train", "evaluate"]


def test_learners_are_separated_by_spaces_or_commas():
    assert option_values.learners("LEARNERS", "logistic lightgbm,xgboost") == ["logistic", "lightgbm", "xgboost"]


def test_a_file_has_its_full_path_for_programs_that_run_in_another_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", "/home/ada")
    assert option_values.absolute("rows.csv") == f"{tmp_path}/rows.csv"
    assert option_values.absolute("~/rows.csv") == "/home/ada/rows.csv"
    assert option_values.absolute("s3://bucket/rows.csv") == "s3://bucket/rows.csv"
    assert option_values.absolute("") is option_values.absolute(None) is None


def test_addresses_are_no_files():
    for address in (
        "https://example.org/a.csv",
        "s3://bucket/a.csv",
        "kaggle:owner/name",
        "synthetic:100",
        "sample:100",
    ):
        assert option_values.rows("DATA", address) == address
