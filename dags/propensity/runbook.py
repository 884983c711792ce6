"""The page that Airflow shows beside a training DAG."""

from __future__ import annotations

from pathlib import Path


def runbook() -> str:
    """The runbook, Markdown."""
    return Path(__file__).with_name("runbook.md").read_text(encoding="utf-8")
