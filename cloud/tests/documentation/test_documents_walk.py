"""The commands of a page that lead to an endpoint, run as they stand there against the stand-in account."""

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
def environment(tmp_path):
    """A stage that create_dev_setup has made, with 12,000 synthetic rows."""
    rows = tmp_path / "train.csv.gz"
    with Account(Settings()) as account:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
        kept |= account.environment() | {
            "ACCOUNT": "123456789012",
            "DATA": str(rows),
            "PROPENSITY_FILES": str(tmp_path),
            "PROPENSITY_STATE": str(tmp_path / "state"),
            "TERRAFORM": str(Path(__file__).parents[1] / "account" / "terraform"),
            "YES": "1",
        }
        rows.write_bytes(gzip.compress(synthetic_rows().encode()))
        make("create_dev_setup", kept)
        yield kept


def synthetic_rows() -> str:
    """A table of the insurance dataset's form, in which the young who had damage say yes."""
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


def make(target: str, environment: dict[str, str], *words: str) -> str:
    done = subprocess.run(
        ["make", target, *words], cwd=workflow.PROJECT, env=environment, capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def walked(environment: dict[str, str], containing: str) -> str:
    """Runs the page's commands around this one as they stand there; what they printed."""
    blocks = re.findall(r"^   ```sh\n(.*?)^   ```", PAGE.read_text(), re.MULTILINE | re.DOTALL)
    block = next(block for block in blocks if containing in block)
    block = block.replace("DATA=train.csv.gz", f"DATA={environment['DATA']}")
    done = subprocess.run(
        ["bash", "-e", "-c", block], cwd=workflow.PROJECT, env=environment, capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_commands_lead_to_an_endpoint_that_answers(environment):
    if not (workflow.PROJECT / "build" / "jars" / "train.jar").exists():
        pytest.skip("make build brings the jars")
    # The push is walked through with the workflow.
    image = f"123456789012.dkr.ecr.eu-west-1.amazonaws.com/propensity-dev@sha256:{'0' * 64}"
    make("infra-plan", environment, "STAGE=dev", f"IMAGE={image}")
    make("infra-apply", environment, "STAGE=dev")

    walked(environment, "task train")
    assert make("history", environment, "STAGE=dev").count("version 1 of insurance answers") == 1

    proven = walked(environment, "make deploy STAGE=dev").splitlines()[-1]
    assert "version 1 answers, its sample rows score as recorded" in proven

    told = walked(environment, "make invoke")
    assert "| insurance | 1 | propensity-dev-insurance | InService" in told
    scores = (Path(environment["PROPENSITY_FILES"]) / "models" / "invoked.csv").read_text().splitlines()
    assert len(scores) == 12_001
