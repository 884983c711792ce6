"""The commands that a page says train a model by hand, run as they stand there against the stand-in account."""

from __future__ import annotations

import gzip
import os
import re
import subprocess
from pathlib import Path

import pytest
import workflow

from account.server import Account
from account.settings import Settings

pytestmark = pytest.mark.aws

BUCKET = "propensity-dev-123456789012"
PAGE = workflow.PROJECT / "docs" / "aws.md"


@pytest.fixture
def surroundings(tmp_path):
    """A stage that create_dev_setup has made, with 12,000 made-up rows."""
    rows = tmp_path / "train.csv.gz"
    with Account(Settings()) as account:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
        kept |= account.environment() | {
            "ACCOUNT": "123456789012",
            "DATA": str(rows),
            "PROPENSITY_STATE": str(tmp_path / "state"),
            "TERRAFORM": str(Path(__file__).parent / "account" / "terraform"),
            "YES": "1",
        }
        rows.write_bytes(gzip.compress(made_up().encode()))
        make("create_dev_setup", kept)
        yield kept


def made_up() -> str:
    """A table of the insurance data set's form, in which the young who had damage say yes."""
    lines = [
        "id,Gender,Age,Driving_License,Region_Code,Previously_Insured,Vehicle_Age,Vehicle_Damage,"
        "Annual_Premium,Policy_Sales_Channel,Vintage,Response"
    ]
    for row in range(12_000):
        age, damage = 20 + row * 7 % 50, row * 11 % 3 == 0
        wants = int(damage and age < 45 and row % 10 != 0)
        region, premium, vintage = row % 40, 2000 + row * 13 % 40000, 10 + row % 280
        vehicle = ("< 1 Year", "1-2 Year", "> 2 Years")[row % 3]
        lines.append(
            f"{row},{('Male', 'Female')[row % 2]},{age},1,{region},{int(not damage)},{vehicle},"
            f"{('No', 'Yes')[damage]},{premium},{26 + row % 5},{vintage},{wants}"
        )
    return "\n".join(lines) + "\n"


def make(target: str, surroundings: dict[str, str], *words: str) -> str:
    done = subprocess.run(
        ["make", target, *words], cwd=workflow.PROJECT, env=surroundings, capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_commands_that_train_by_hand_release_a_model(surroundings):
    if not (workflow.PROJECT / "build" / "jars" / "train.jar").exists():
        pytest.skip("make build brings the jars")
    blocks = re.findall(r"^   ```sh\n(.*?)^   ```", PAGE.read_text(), re.MULTILINE | re.DOTALL)
    training = next(block for block in blocks if "task train" in block)

    script = f'set -e\n{training}\necho "$release"'
    done = subprocess.run(
        ["bash", "-c", script], cwd=workflow.PROJECT, env=surroundings, capture_output=True, text=True, timeout=600
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1] == f"s3://{BUCKET}/store/insurance/releases/000001.json"
    said = make("history", surroundings, "STAGE=dev", "DATASET=insurance")
    assert "version 1 of insurance answers" in said, said
