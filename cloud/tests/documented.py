"""The commands of docs/aws.md, run exactly as printed there, and rows for them."""

from __future__ import annotations

import re
import subprocess

import workflow

PAGE = workflow.PROJECT / "docs" / "aws.md"


def run(containing: str, environment: dict[str, str]) -> str:
    """Runs the page's block of commands that contains this one, on the rows DATA; what it printed."""
    blocks = re.findall(r"^   ```sh\n(.*?)^   ```", PAGE.read_text(), re.MULTILINE | re.DOTALL)
    block = next(block for block in blocks if containing in block)
    block = block.replace("DATA=train.csv.gz", f"DATA={environment['DATA']}")
    done = subprocess.run(
        ["bash", "-e", "-c", block], cwd=workflow.PROJECT, env=environment, capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


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
