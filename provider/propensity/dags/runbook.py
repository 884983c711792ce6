"""The page that Airflow shows beside a DAG."""

from __future__ import annotations

from pathlib import Path


def runbook(name: str) -> str:
    """The runbook of this name, Markdown."""
    return Path(__file__).with_name("docs").joinpath(f"{name}.md").read_text(encoding="utf-8")
