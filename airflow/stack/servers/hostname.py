"""The name that Airflow's components give this machine."""

from __future__ import annotations


def loopback() -> str:
    """All of the stack is on this machine and listens nowhere else."""
    return "127.0.0.1"
