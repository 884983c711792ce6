"""The types of Connections that this package adds, with their forms. No imports of Airflow, which reads this first."""

from __future__ import annotations

from typing import Any

OTHERS = ("schema", "port", "extra")
"""The fields that no form here shows."""

FORMS: dict[str, dict[str, Any]] = {
    "kaggle": {
        "hook": "KaggleHook",
        "name": "Kaggle",
        "hidden": ["host", *OTHERS],
        "labels": {"login": "User name", "password": "API key"},
        "fields": {},
    },
    "mlflow": {
        "hook": "MlflowHook",
        "name": "MLflow",
        "hidden": [*OTHERS],
        "labels": {"host": "Tracking URI", "login": "User name"},
        "fields": {"token": "Token, instead of user name and password"},
    },
    "propensity_webhook": {
        "hook": "WebhookHook",
        "name": "Webhook of Propensity",
        "hidden": ["host", "login", *OTHERS],
        "labels": {"password": "URL to which failures are posted"},
        "fields": {},
    },
}
"""By type: the class in ``hooks.py``, the name in the list of types, hidden fields, labels, more secret fields."""


def connection_types() -> list[dict[str, Any]]:
    """The types, in the form of a provider's ``connection-types``."""
    return [
        {
            "connection-type": name,
            "hook-class-name": f"propensity.hooks.{form['hook']}",
            "hook-name": form["name"],
            "ui-field-behaviour": {"hidden-fields": form["hidden"], "relabeling": form["labels"], "placeholders": {}},
            "conn-fields": {
                field: {"label": label, "schema": {"type": ["string", "null"], "format": "password"}}
                for field, label in form["fields"].items()
            },
        }
        for name, form in FORMS.items()
    ]


def field_behaviour(name: str) -> dict[str, Any]:
    """A type's form as hooks describe theirs, which Airflow reads before 3.2; additional fields are in ``extra``."""
    form = FORMS[name]
    hidden = [field for field in form["hidden"] if field != "extra" or not form["fields"]]
    return {"hidden_fields": hidden, "relabeling": form["labels"], "placeholders": {}}
