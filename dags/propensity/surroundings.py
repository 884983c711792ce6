"""The settings of the surroundings, gathered when a task runs: what the jar finds in its environment."""

from __future__ import annotations

import os

from airflow.sdk import Connection, Variable
from airflow.sdk.exceptions import AirflowNotFoundException

PLAIN = (
    "AWS_ENDPOINT_URL",
    "AWS_ENDPOINT_URL_S3",
    "AWS_REGION",
    "MLFLOW_TRACKING_PASSWORD",
    "MLFLOW_TRACKING_TOKEN",
    "MLFLOW_TRACKING_URI",
    "MLFLOW_TRACKING_USERNAME",
    "PROPENSITY_JAVA_OPTIONS",
    "PROPENSITY_STORE",
)
"""Passed on as the worker has them."""

BY_VARIABLE = {"PROPENSITY_STORE": "propensity_store", "MLFLOW_TRACKING_URI": "propensity_mlflow"}
"""Airflow Variables that stand in for them where the worker has none."""


def environment() -> dict[str, str]:
    """The jar's environment. Holds secrets: never rendered, logged or pushed."""
    variables = {name: os.environ[name] for name in PLAIN if os.environ.get(name)}
    for name, variable in BY_VARIABLE.items():
        if name not in variables and (value := Variable.get(variable, default=None)):
            variables[name] = value
    return variables | _aws() | _kaggle()


def _aws() -> dict[str, str]:
    # Where the name is set, the connection must be there: an Airflow that cannot say so now is a fault.
    named = os.environ.get("PROPENSITY_AWS_CONNECTION")
    connection = Connection.get(named) if named else _connection("my_aws_conn")
    if connection is None:
        return {}
    extra = connection.extra_dejson
    s3 = extra.get("service_config", {}).get("s3", {})
    return _present(
        AWS_ACCESS_KEY_ID=connection.login,
        AWS_SECRET_ACCESS_KEY=connection.password,
        AWS_SESSION_TOKEN=extra.get("aws_session_token"),
        AWS_REGION=extra.get("region_name"),
        AWS_ENDPOINT_URL_S3=s3.get("endpoint_url") or extra.get("endpoint_url"),
    )


def _kaggle() -> dict[str, str]:
    connection = _connection("kaggle")
    if connection is None:
        return {}
    return _present(KAGGLE_USERNAME=connection.login, KAGGLE_KEY=connection.password)


def _connection(name: str) -> Connection | None:
    """The Connection, or none where there is none of this name."""
    try:
        return Connection.get(name)
    except AirflowNotFoundException:
        return None


def _present(**values: str | None) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}
