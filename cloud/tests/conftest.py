"""The package under test, and a simulated account for each test module."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(PROJECT), str(PROJECT / "airflow"), str(PROJECT / "provider")]

# A make that a test runs is a person's, not a part of the make that runs the tests.
for name in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS"):
    os.environ.pop(name, None)


@pytest.fixture(scope="module")
def account():
    """An account whose containers are small Python processes, and whose minutes last a tenth of a second."""
    from samples import BUCKET, TINY

    from account.server import SimulatedAccount
    from account.settings import REGION, SimulatedSettings

    with SimulatedAccount(SimulatedSettings(image=TINY, step=0.1, health_seconds=30, grace_seconds=1)) as one:
        one.client("s3").create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
        yield one


@pytest.fixture
def sagemaker(account):
    """Its SageMaker, where nothing goes wrong that the test does not ask for."""
    account.faults.clear()
    return account.client("sagemaker")
