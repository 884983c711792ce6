"""The whole of it in one walk: make rehearsal."""

from __future__ import annotations

import os
import subprocess

import pytest
from rehearsal import needs
from rehearsal.walk import ENVIRONMENTS, REPOSITORY


@pytest.mark.aws
@pytest.mark.timeout(900)
def test_walks_from_an_empty_account_to_an_empty_account():
    if missing := needs.missing():
        (pytest.fail if os.environ.get("CI") else pytest.skip)("; ".join(missing))
    done = subprocess.run(
        [ENVIRONMENTS / "airflow/bin/python", "-m", "rehearsal"],
        env=os.environ | {"PYTHONPATH": str(REPOSITORY / "cloud" / "tests")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    print(done.stdout)
    assert done.returncode == 0, done.stdout[-3000:]
    assert "all of it was as it must be" in done.stdout
