"""The page of the configuration lists each option as it is described to Airflow."""

from __future__ import annotations

import re

from conftest import REPOSITORY

from propensity.configuration import RUNNER_SECTIONS, TASK_OPTIONS

PAGE = (REPOSITORY / "docs" / "configuration.md").read_text(encoding="utf-8")


def rows(section: str) -> list[list[str]]:
    """The cells of the rows of a section's table."""
    text = re.split("^## ", PAGE.partition(f"\n## {section}\n")[2], flags=re.MULTILINE)[0]
    return [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| `")]


def test_the_options_of_tasks_are_those_of_the_section_propensity():
    variables = {"mlflow_tracking_uri": "MLFLOW_TRACKING_URI"}
    assert rows("propensity") == [
        [f"`{name}`", f"`{variables.get(name, f'PROPENSITY_{name.upper()}')}`", text]
        for name, text in TASK_OPTIONS.items()
    ]


def test_the_options_of_runners_have_a_section_each():
    for section, options in RUNNER_SECTIONS.items():
        assert rows(section) == [[f"`{name}`", kind, text] for name, (kind, text) in options.items()]
