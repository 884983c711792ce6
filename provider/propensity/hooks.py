"""The hooks of the package's types of Connections: they show the forms, and test a Connection."""

from __future__ import annotations

import base64
from typing import Any, ClassVar
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from propensity.connection_types import FORMS, field_behaviour
from propensity.sdk import BaseHook

KAGGLE = "https://www.kaggle.com/api/v1"
SECONDS = 10


class _ConnectionHook(BaseHook):
    """A hook that has nothing but its Connection."""

    conn_name_attr = "conn_id"

    def __init__(self, conn_id: str | None = None) -> None:
        super().__init__()
        self.conn_id = conn_id or self.default_conn_name


class KaggleHook(_ConnectionHook):
    """A Kaggle account: ``login`` is the user name, ``password`` the API key."""

    conn_type: ClassVar[str] = "kaggle"
    hook_name: ClassVar[str] = FORMS["kaggle"]["name"]
    default_conn_name: ClassVar[str] = "kaggle"

    @staticmethod
    def get_ui_field_behaviour() -> dict[str, Any]:
        """The form, for Airflow before 3.2: later versions read it from the package's description."""
        return field_behaviour("kaggle")

    def test_connection(self) -> tuple[bool, str]:
        """Whether Kaggle accepts user name and key."""
        connection = self.get_connection(self.conn_id)
        return _responds(f"{KAGGLE}/competitions/list", _basic(connection.login, connection.password))


class MlflowHook(_ConnectionHook):
    """An MLflow server: ``host`` is its tracking URI; ``login`` and ``password``, or ``token`` in ``extra``."""

    conn_type: ClassVar[str] = "mlflow"
    hook_name: ClassVar[str] = FORMS["mlflow"]["name"]
    default_conn_name: ClassVar[str] = "propensity_mlflow"

    @staticmethod
    def get_ui_field_behaviour() -> dict[str, Any]:
        """The form, for Airflow before 3.2: later versions read it from the package's description."""
        return field_behaviour("mlflow")

    def test_connection(self) -> tuple[bool, str]:
        """Whether the server responds to a search that needs the permission to read."""
        connection = self.get_connection(self.conn_id)
        uri = tracking_uri(connection)
        if not uri:
            return False, "the tracking URI is missing"
        token = connection.extra_dejson.get("token")
        header = f"Bearer {token}" if token else _basic(connection.login, connection.password)
        return _responds(f"{uri}/api/2.0/mlflow/experiments/search?max_results=1", header)


class WebhookHook(_ConnectionHook):
    """A webhook to which failures are posted: ``password`` is its complete URL, since that is the secret."""

    conn_type: ClassVar[str] = "propensity_webhook"
    hook_name: ClassVar[str] = FORMS["propensity_webhook"]["name"]
    default_conn_name: ClassVar[str] = "propensity_webhook"

    @staticmethod
    def get_ui_field_behaviour() -> dict[str, Any]:
        """The form, for Airflow before 3.2: later versions read it from the package's description."""
        return field_behaviour("propensity_webhook")


def tracking_uri(connection: Any) -> str:
    """The tracking URI of a Connection to MLflow; empty where it has none."""
    if not connection.host:
        return ""
    uri = connection.host if "://" in connection.host else f"http://{connection.host}"
    return uri.rstrip("/") + (f":{connection.port}" if connection.port else "")


def _basic(login: str | None, password: str | None) -> str:
    return f"Basic {base64.b64encode(f'{login}:{password}'.encode()).decode()}" if login else ""


def _responds(url: str, authorization: str) -> tuple[bool, str]:
    headers = {"Authorization": authorization} if authorization else {}
    try:
        with urlopen(Request(url, headers=headers), timeout=SECONDS):  # noqa: S310
            return True, "the server responds"
    except HTTPError as error:
        wrong = error.code in (401, 403)
        return False, f"the server rejects user name and key ({error.code})" if wrong else f"status {error.code}"
    except (OSError, ValueError) as error:
        return False, f"the server does not respond: {error}"
