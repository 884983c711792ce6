"""The whole of it in one walk: make rehearsal."""

from __future__ import annotations

import gzip
import itertools
import os
import subprocess
from pathlib import Path

import pytest
from rehearsal import needs
from rehearsal.walk import ENVIRONMENTS, REPOSITORY

LINES = 50_000
"""Of the real rows, whose whole is trained on by the local stack's tests."""


@pytest.mark.aws
@pytest.mark.timeout(900)
def test_walks_from_an_empty_account_to_an_empty_account(tmp_path: Path):
    if missing := needs.missing():
        (pytest.fail if os.environ.get("CI") else pytest.skip)("; ".join(missing))
    data = tmp_path / "train.csv.gz"
    with gzip.open(needs.rows(), "rt") as rows, gzip.open(data, "wt") as some:
        some.writelines(itertools.islice(rows, LINES))
    done = subprocess.run(
        [ENVIRONMENTS / "airflow/bin/python", "-m", "rehearsal"],
        env=os.environ | {"PYTHONPATH": str(REPOSITORY / "cloud" / "tests"), "DATA": str(data)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    print(done.stdout)
    assert done.returncode == 0, done.stdout[-3000:]
    assert "the rehearsal succeeded" in done.stdout
