"""A state folder of the tests' own, and the one stack that they share."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]

# A make that a test runs is a person's, not a part of the make that runs the tests.
for name in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS"):
    os.environ.pop(name, None)

# Read when the modules under test are imported.
os.environ["PROPENSITY_STATE"] = tempfile.mkdtemp(prefix="propensity-state-")
sys.path[:0] = [str(PROJECT / "airflow"), str(PROJECT / "provider")]

LAST = ("test_people", "test_stop")
"""Modules that restart the stack with other settings, and that leave it stopped."""


def pytest_collection_modifyitems(items):
    """Moves the tests of these modules behind all others, in this order."""
    items.sort(key=lambda item: LAST.index(item.path.stem) + 1 if item.path.stem in LAST else 0)


@pytest.fixture(scope="session")
def stack(tmp_path_factory):
    """A stack, not yet started; the only one, since a start takes half a minute."""
    from own_stack import own_stack

    with own_stack(tmp_path_factory.mktemp("stack")) as one:
        yield one


@pytest.fixture(scope="session")
def trained(stack):
    """The stack, running, with a model of synthetic rows."""
    stack.run(DATA="sample:20000")
    return stack
