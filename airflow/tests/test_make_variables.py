"""Wrong variables of make, rejected before anything is installed or started."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from own_stack import PROJECT


def python(*words: str, **variables: str) -> subprocess.CompletedProcess:
    """Runs Python without the stack's packages, as a fresh clone has it."""
    environment = {"PYTHONPATH": f"{PROJECT}/airflow:{PROJECT}/provider", "PATH": os.environ["PATH"], **variables}
    # Without site-packages.
    command = [sys.executable, "-P", "-S", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("variables", "line"),
    [
        ({"DATA": "/nope.csv"}, "DATA=/nope.csv: no such file"),
        ({"TEST": "/"}, "TEST=/: is a folder, not a file"),
        ({"DATA": "/dev/shm"}, "DATA=/dev/shm: is a folder, not a file"),
        ({"DATASET": "insurence"}, "DATASET=insurence: did you mean insurance? there are insurance, santander in "),
        ({"LEARNER": "xgbost"}, "LEARNER=xgbost: did you mean xgboost? there are xgboost, lightgbm, "),
        ({"LEARNERS": "xgboost,lightgm"}, "LEARNERS=lightgm: did you mean lightgbm? there are xgboost, lightgbm, "),
        ({"PARAMETERS": "eta=1"}, "PARAMETERS=eta=1: must be JSON such as "),
        ({"RUNNER": "foo"}, "RUNNER must be docker or process, not foo"),
        ({"FORCE": "deploy"}, "FORCE=deploy: must be all, or some of "),
    ],
)
def test_a_wrong_variable_is_one_line_and_exit_2_where_no_package_is_installed(variables, line):
    done = python("-m", "stack.make_variables", "run", **variables)

    assert done.returncode == 2
    assert done.stderr.startswith(line)
    assert len(done.stderr.splitlines()) == 1


def test_right_variables_pass(tmp_path):
    file = tmp_path / "rows.csv"
    file.write_text("id\n")
    done = python(
        "-m", "stack.make_variables", "experiment", DATA=str(file), LEARNERS="xgboost logistic", FORCE="compare"
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_ledgers_name_passes_where_one_is_meant():
    assert python("-m", "stack.make_variables", "invoke", DATASET="insurance-synthetic").returncode == 0
    other = python("-m", "stack.make_variables", "run", DATASET="insurance-synthetic")
    assert other.returncode == 2
    assert other.stderr.startswith("DATASET=insurance-synthetic: did you mean insurance? ")


def test_make_rejects_a_file_that_is_not_there_before_it_installs_or_builds(tmp_path):
    new = {"PROPENSITY_ENVIRONMENTS": str(tmp_path / "environments"), "PROPENSITY_STATE": str(tmp_path / "state")}
    for target in ("train", "predict"):
        done = subprocess.run(
            ["make", "--silent", target, "DATA=/nope.csv", "MAVEN=true"],
            cwd=PROJECT,
            env=os.environ | new,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode != 0
        assert done.stderr.startswith("DATA=/nope.csv: no such file\n")
        assert list(tmp_path.iterdir()) == []
