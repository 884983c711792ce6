"""What Airflow's list of providers, its configuration and its forms know of this package."""

from __future__ import annotations

from typing import Any

from propensity import __version__
from propensity.configuration import sections
from propensity.connection_types import connection_types

NAME = "Propensity"


def get_provider_info() -> dict[str, Any]:
    """The provider, by the schema ``provider_info.schema.json`` of Airflow."""
    return {
        "package-name": "airflow-provider-propensity",
        "name": NAME,
        "description": "Propensity models: from a table to an endpoint, one YAML file for each dataset.",
        "versions": [__version__],
        "integrations": [{"integration-name": NAME, "tags": ["software"]}],
        "config": sections(),
        "extra-links": [f"propensity.links.{link}" for link in ("ReportLink", "MlflowRunLink", "EndpointLink")],
        "notifications": [f"propensity.notifications.{name}" for name in ("FailureNotifier", "TimeoutNotifier")],
        "connection-types": connection_types(),
        "hooks": _modules("hooks"),
        "operators": _modules(
            "runners.docker_runner",
            "runners.ecs_runner",
            "runners.kubernetes_runner",
            "runners.process_runner",
            "runners.sagemaker_runner",
        ),
        "triggers": _modules(
            "triggers.ecs",
            "triggers.endpoint",
            "triggers.job_trigger",
            "triggers.kubernetes",
            "triggers.sagemaker",
        ),
    }


def _modules(*names: str) -> list[dict[str, Any]]:
    return [{"integration-name": NAME, "python-modules": [f"propensity.{name}" for name in names]}]
