"""Propensity for Apache Airflow: DAGs that decide which customers to make an offer to, one YAML file for each table."""

from __future__ import annotations

__version__ = "0.1.0"
