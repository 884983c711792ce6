"""What Airflow's list of providers, its configuration and its forms know of this package."""

from __future__ import annotations

from typing import Any

from propensity import __version__
from propensity.configuration import sections
from propensity.connection_types import connection_types


def get_provider_info() -> dict[str, Any]:
    """The provider, by the schema ``provider_info.schema.json`` of Airflow."""
    return {
        "package-name": "airflow-provider-propensity",
        "name": "Propensity",
        "description": "Propensity models: from a table to an endpoint, one YAML file for each dataset.",
        "versions": [__version__],
        "config": sections(),
        "extra-links": [f"propensity.links.{link}" for link in ("ReportLink", "MlflowRunLink", "EndpointLink")],
        "notifications": [f"propensity.notifications.{name}" for name in ("FailureNotifier", "TimeoutNotifier")],
        "connection-types": connection_types(),
    }
