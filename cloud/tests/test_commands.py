from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from cloud import stage
from cloud.__main__ import COMMANDS, main
from cloud.failure import Failure

MAKEFILE = Path(__file__).resolve().parents[2] / "Makefile"


@pytest.mark.parametrize("arguments", [[], ["no_such_command"], ["infra_plan", "more"]])
def test_answers_wrong_arguments_with_its_usage(arguments, capsys):
    assert main(arguments) == 2
    assert capsys.readouterr().err.startswith("usage: python -m cloud ")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_a_function_that_make_calls(name):
    assert callable(getattr(import_module(f"cloud.{COMMANDS[name]}"), name))
    recipes = MAKEFILE.read_text()
    assert f"$(cloud) {name}\n" in recipes or f"$(if $(STAGE),$(cloud),$(stack)) {name}\n" in recipes


@pytest.mark.parametrize(
    ("given", "said"), [("", "STAGE= is missing; one of dev, uat, prod"), ("test", "STAGE=test: no such stage; one of")]
)
def test_rejects_an_unknown_stage(given, said, monkeypatch):
    monkeypatch.setenv("STAGE", given)
    with pytest.raises(Failure, match=said) as failure:
        stage.stage()
    assert failure.value.code == 2


def make(*words: str, **variables: str) -> subprocess.CompletedProcess:
    environment = {name: value for name, value in os.environ.items() if name != "STAGE"} | variables
    return subprocess.run(
        ["make", *words], cwd=MAKEFILE.parent, env=environment, capture_output=True, text=True, check=False
    )


def test_make_alone_prints_every_target_that_has_help_beneath_its_heading():
    blocks = [block.splitlines() for block in make().stdout.strip().split("\n\n")]
    headings = ["Train and predict", "Release", "The local stack", "On AWS", "Development"]
    assert [block[0] for block in blocks] == headings
    told = {line.split()[1]: block[0] for block in blocks for line in block[1:]}
    assert set(told) == set(re.findall(r"^([a-z0-9_-]+):.*## ", MAKEFILE.read_text(), re.MULTILINE))
    assert [told[name] for name in ("run", "promote", "start", "infra-plan", "test")] == headings


@pytest.mark.parametrize("target", ["promote", "rollback", "history"])
def test_reports_both_ways_where_neither_a_stage_is_named_nor_a_stack_is_there(target, tmp_path):
    done = make(target, PROPENSITY_ENVIRONMENTS=str(tmp_path))
    assert done.returncode == 2
    said = "nothing was started here yet: make start, or for a stage on AWS STAGE=dev|uat|prod"
    assert done.stderr.splitlines()[0] == said
    installed = {"PROPENSITY_ENVIRONMENTS": str(Path(sys.prefix).parent), "PROPENSITY_STATE": str(tmp_path)}
    said = "the stack does not run: make start, or for a stage on AWS STAGE=dev|uat|prod"
    assert make(target, **installed, VERSION="1").stderr.splitlines()[0] == said
    assert make("verify", PROPENSITY_ENVIRONMENTS=str(tmp_path)).stderr.startswith(
        "nothing was started here yet: make start\n"
    )
