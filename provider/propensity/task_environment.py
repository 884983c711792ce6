"""The settings of a task, gathered when a task runs: what the jar finds in its environment."""

from __future__ import annotations

import json
import os

from airflow.sdk import Connection

from propensity.hooks import tracking_uri
from propensity.sdk import AirflowNotFoundException
from propensity.settings import described, optional_runner_settings, setting, task_setting

PLAIN = (
    "AWS_ENDPOINT_URL",
    "AWS_ENDPOINT_URL_S3",
    "AWS_REGION",
    "MLFLOW_TRACKING_URI",
    "PROPENSITY_JAVA_OPTIONS",
    "PROPENSITY_STORE",
)
"""Passed on as the worker has them."""

SECRET = ("MLFLOW_TRACKING_PASSWORD", "MLFLOW_TRACKING_TOKEN", "MLFLOW_TRACKING_USERNAME")
"""Passed on too, but only to where the worker itself starts the jar."""

MLFLOW = "propensity_mlflow"
"""The Connection to MLflow, where neither the environment nor Airflow's configuration or Variables name a server."""


def settings() -> dict[str, str]:
    """The settings of a jar on any runner: no secrets."""
    variables = {name: value for name in PLAIN if (value := task_setting(name))}
    if "MLFLOW_TRACKING_URI" not in variables and (mlflow := _connection(MLFLOW)):
        variables |= _non_empty(MLFLOW_TRACKING_URI=tracking_uri(mlflow))
    if sagemaker := optional_runner_settings("PROPENSITY_SAGEMAKER"):
        variables["PROPENSITY_SAGEMAKER"] = json.dumps(sagemaker)
    connection = _aws_connection()
    if connection is None:
        return variables
    extra = connection.extra_dejson
    s3 = extra.get("service_config", {}).get("s3", {})
    return variables | _non_empty(
        AWS_REGION=extra.get("region_name"),
        AWS_ENDPOINT_URL_S3=s3.get("endpoint_url") or extra.get("endpoint_url"),
    )


def environment() -> dict[str, str]:
    """The environment of a jar on this machine. Holds secrets: never rendered, logged or pushed."""
    variables = settings()
    secrets = {name: os.environ[name] for name in SECRET if os.environ.get(name)}
    secrets = secrets or _mlflow(variables.get("MLFLOW_TRACKING_URI", ""))
    key = _non_empty(PROPENSITY_CAPTURE_KEY=os.environ.get("PROPENSITY_CAPTURE_KEY"))
    return variables | secrets | key | _aws_keys() | _kaggle()


def aws_connection() -> str | None:
    """The name of the AWS Connection, or none: then the machine's own credentials are used."""
    connection = _aws_connection()
    return None if connection is None else connection.conn_id


def _aws_connection() -> Connection | None:
    # Where the name is set, the connection must be there: where Airflow cannot return it, the task is retried.
    named = setting("PROPENSITY_AWS_CONNECTION")
    if not named:
        return _connection("my_aws_conn")
    try:
        return Connection.get(named)
    except AirflowNotFoundException as error:
        raise AirflowNotFoundException(
            f"{described('PROPENSITY_AWS_CONNECTION')}: there is no Connection {named!r}"
        ) from error


def _aws_keys() -> dict[str, str]:
    connection = _aws_connection()
    if connection is None:
        return {}
    return _non_empty(
        AWS_ACCESS_KEY_ID=connection.login,
        AWS_SECRET_ACCESS_KEY=connection.password,
        AWS_SESSION_TOKEN=connection.extra_dejson.get("aws_session_token"),
    )


def _mlflow(uri: str) -> dict[str, str]:
    """The secrets of the Connection to MLflow, for its own server alone."""
    connection = _connection(MLFLOW) if uri else None
    if connection is None or tracking_uri(connection) not in ("", uri):
        return {}
    return _non_empty(
        MLFLOW_TRACKING_USERNAME=connection.login,
        MLFLOW_TRACKING_PASSWORD=connection.password,
        MLFLOW_TRACKING_TOKEN=connection.extra_dejson.get("token"),
    )


def _kaggle() -> dict[str, str]:
    connection = _connection("kaggle")
    if connection is None:
        return {}
    return _non_empty(KAGGLE_USERNAME=connection.login, KAGGLE_KEY=connection.password)


def _connection(name: str) -> Connection | None:
    """The Connection, or none where there is none of this name."""
    try:
        return Connection.get(name)
    except AirflowNotFoundException:
        return None


def _non_empty(**values: str | None) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}
