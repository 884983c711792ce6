"""The workflow deploy.yml, as far as its tests read it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

PROJECT = Path(__file__).resolve().parents[2]
FILE = PROJECT / ".github" / "workflows" / "deploy.yml"


def read() -> dict[str, Any]:
    """Its content, with the key `on`, which YAML 1.1 takes for true, by its name."""
    content = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    content["on"] = content.pop(True)
    return content


def steps(job: dict[str, Any]) -> list[dict[str, Any]]:
    """The job's steps."""
    return job.get("steps", [])


def targets() -> set[str]:
    """The names of the Makefile's targets."""
    recipes = (PROJECT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z0-9_-]+):(?!=)", recipes, re.MULTILINE))
