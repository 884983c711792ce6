"""The environment that the stack's components run in, and the one that `make env` prints."""

from __future__ import annotations

import json
import os
import shlex
from pathlib import Path

from stack import paths
from stack.configuration.settings import REGION, USER, Settings, stack_id
from stack.datasets import current_name

KEPT = ("DOCKER_HOST", "DOCKER_CERT_PATH", "DOCKER_TLS_VERIFY", "HOME", "JAVA_HOME", "LANG", "PATH", "TMPDIR", "USER")
"""What components get of the caller's environment; settings of another AWS or MLflow stay out.

The proxies and certificates that a download may need go along, too.
"""

KEPT_OF_TASKS = ("PROPENSITY_MEMORY", "PROPENSITY_RETRY_SECONDS")
"""Settings of the tasks that the caller may choose."""

KEPT_OF_NETWORK = ("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE")

MARK = "PROPENSITY_STACK_ID"
"""Every process of the stack carries it, so that a stop finds all of them."""

AWS_CONNECTION = "my_aws_conn"


def public(settings: Settings, last_dataset: str | None) -> dict[str, str]:
    """What a shell needs to run any jar by hand."""
    urls = settings.endpoint_urls
    variables = {
        "AIRFLOW_URL": settings.airflow_url,
        "AIRFLOW_USERNAME": USER,
        "AIRFLOW_PASSWORD": settings.password,
        **_services(settings),
    }
    for name, url in settings.monitoring_urls.items():
        variables[f"{name.upper()}_URL"] = url
    last = current_name(last_dataset or "")
    if last in urls:
        variables["ENDPOINT_URL"] = urls[last]
    for name, url in urls.items():
        variables["ENDPOINT_URL_" + name.upper().replace("-", "_")] = url
    return variables


def shell_exports(variables: dict[str, str]) -> str:
    """The lines by which a shell sets the variables and passes them to the programs that it starts."""
    return "\n".join(f"export {name}={shlex.quote(value)}" for name, value in variables.items())


def components(settings: Settings) -> dict[str, str]:
    """What supervisord and all below it run with."""
    kept = {name: os.environ[name] for name in (*KEPT, *KEPT_OF_TASKS, *KEPT_OF_NETWORK) if name in os.environ}
    kept |= {name.lower(): os.environ[name.lower()] for name in KEPT_OF_NETWORK if name.lower() in os.environ}
    return {
        **kept,
        **_services(settings),
        **_airflow(settings),
        "MLFLOW_S3_ENDPOINT_URL": settings.s3_url,
        "MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false",
        "MLFLOW_DISABLE_TELEMETRY": "true",
        "DO_NOT_TRACK": "true",
        "PYTHONUNBUFFERED": "1",
        "PROPENSITY_AWS_CONNECTION": AWS_CONNECTION,
        "PROPENSITY_DATASETS": str(paths.DATASETS),
        "PROPENSITY_IMAGE": image(),
        "PROPENSITY_JARS": str(paths.JARS / "current"),
        "PROPENSITY_NETWORK": "host",
        "PROPENSITY_POOL": "propensity",
        MARK: stack_id(),
    }


def image() -> str:
    """The stack's own name for the task image; a build moves it."""
    return f"propensity:{stack_id()}"


def _services(settings: Settings) -> dict[str, str]:
    return {
        "MLFLOW_TRACKING_URI": settings.mlflow_url,
        "AWS_ENDPOINT_URL_S3": settings.s3_url,
        "AWS_ACCESS_KEY_ID": settings.keys["s3_id"],
        "AWS_SECRET_ACCESS_KEY": settings.keys["s3_secret"],
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "PROPENSITY_STORE": settings.store,
    }


def aws_connection(settings: Settings) -> dict[str, str]:
    """The stack's S3 as an Airflow Connection."""
    return {
        "connection_id": AWS_CONNECTION,
        "conn_type": "aws",
        "description": "The local stack's S3 server",
        "login": settings.keys["s3_id"],
        "password": settings.keys["s3_secret"],
        "extra": json.dumps({"region_name": REGION, "endpoint_url": settings.s3_url}),
    }


def _airflow(settings: Settings) -> dict[str, str]:
    home = paths.STATE / "airflow"
    sections = {
        "CORE": {
            "AUTH_MANAGER": "airflow.api_fastapi.auth.managers.simple.simple_auth_manager.SimpleAuthManager",
            "DAGS_ARE_PAUSED_AT_CREATION": False,
            "DAGS_FOLDER": paths.PROJECT / "dags",
            "EXECUTION_API_SERVER_URL": f"{settings.airflow_url}/execution/",
            "EXECUTOR": "LocalExecutor",
            "HOSTNAME_CALLABLE": "stack.servers.hostname.loopback",
            "FERNET_KEY": settings.keys["airflow_fernet"],
            "LOAD_EXAMPLES": False,
            "PLUGINS_FOLDER": paths.PROJECT / "airflow" / "plugins",
            "PARALLELISM": max(4, 2 * cores()),
            "SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": home / "passwords.json",
            "SIMPLE_AUTH_MANAGER_USERS": f"{USER}:admin",
        },
        "API": {
            "BASE_URL": settings.airflow_url,
            "HOST": "127.0.0.1",
            "PORT": settings.ports["AIRFLOW_PORT"],
            "SECRET_KEY": settings.keys["airflow_secret"],
            "WORKERS": 1,
        },
        "API_AUTH": {"JWT_SECRET": settings.keys["airflow_jwt"]},
        # A look at the three files costs 2 CPU seconds. `make run` has a DAG that Airflow does not know read at once.
        "DAG_PROCESSOR": {"MIN_FILE_PROCESS_INTERVAL": 180, "REFRESH_INTERVAL": 60},
        "DATABASE": {"SQL_ALCHEMY_CONN": f"sqlite:///{home}/airflow.db"},
        "LOGGING": {
            "BASE_LOG_FOLDER": home / "logs",
            "LOGGING_LEVEL": "INFO",
            "WORKER_LOG_SERVER_PORT": settings.ports["AIRFLOW_PORT"],
        },
        "SCHEDULER": {
            "SCHEDULER_HEARTBEAT_SEC": 5,
            "SCHEDULER_IDLE_SLEEP_TIME": 0.5,
            # An hour-long training outlives a busy machine and an API server that restarts.
            "TASK_INSTANCE_HEARTBEAT_TIMEOUT": 900,
        },
        "WORKERS": {
            "MAX_FAILED_HEARTBEATS": 120,
            # Retries for five minutes; reconnects within five seconds.
            "EXECUTION_API_RETRIES": 60,
            "EXECUTION_API_RETRY_WAIT_MAX": 5,
        },
        "USAGE_DATA_COLLECTION": {"ENABLED": False},
    }
    folders = (str(paths.PROJECT / name) for name in ("airflow", "provider"))
    variables = {"AIRFLOW_HOME": str(home), "PYTHONPATH": os.pathsep.join(folders)}
    for section, options in sections.items():
        variables |= {f"AIRFLOW__{section}__{name}": str(value) for name, value in options.items()}
    return variables


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0))


def password_files(settings: Settings) -> dict[Path, str]:
    """The password for Airflow's login, and in a file to read."""
    return {
        paths.STATE / "airflow" / "passwords.json": json.dumps({USER: settings.password}),
        paths.PASSWORD_FILE: settings.password + "\n",
    }
