from __future__ import annotations

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
def test_refuses_what_is_no_stage(given, said, monkeypatch):
    monkeypatch.setenv("STAGE", given)
    with pytest.raises(Failure, match=said) as failure:
        stage.stage()
    assert failure.value.code == 2
