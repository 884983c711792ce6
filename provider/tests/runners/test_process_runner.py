"""The runner process, where its settings are wrong."""

from __future__ import annotations

import pytest

from propensity.runners import process_runner
from propensity.sdk import AirflowFailException


def test_a_launcher_that_does_not_exist_is_an_error_that_names_the_settings(monkeypatch):
    monkeypatch.setenv("PROPENSITY_LAUNCHER", "/nowhere/propensity")
    with pytest.raises(AirflowFailException, match="the launcher /nowhere/propensity does not exist: set launcher in"):
        process_runner._launcher()
