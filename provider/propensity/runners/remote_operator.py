"""The base of the operators whose jar runs on another machine."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any, NamedTuple

from airflow.providers.amazon.aws.hooks.base_aws import AwsBaseHook
from botocore.config import Config
from botocore.exceptions import ClientError

from propensity import task_environment
from propensity.runners import contract
from propensity.runners.jar_operator import JarOperator
from propensity.runners.remote_job import RemoteJob
from propensity.sdk import AirflowException, AirflowFailException
from propensity.settings import runner_settings

RETRY_CONFIG = {"retries": {"mode": "standard", "max_attempts": 10}}
"""Retries of throttled and failed AWS calls, before the task itself fails and is retried."""

NON_RETRYABLE = {
    "AccessDenied",
    "AccessDeniedException",
    "ClientException",
    "ClusterNotFoundException",
    "InvalidParameterException",
    "NoSuchBucket",
    "ValidationException",
}


class JobOutcome(NamedTuple):
    """How the jar ended.

    :param name: what its result is named
    :param exit_code: of its container
    :param last_line: of its log
    :param memory: the limit, where the task ran out of memory
    """

    name: str
    exit_code: int
    last_line: str
    memory: str | None = None


class RemoteJarOperator(JarOperator):
    """A jar with the permissions of the place where it runs, and a result that comes by S3.

    It gets no secrets from Airflow: no key, token or password is in its environment, its arguments or any
    XCom. A try whose worker was killed is found by the next one, which waits until it ends.
    """

    template_fields: Sequence[str] = ("options", "mapped")
    settings_variable = ""
    """The environment variable with this runner's settings."""
    required_settings: Sequence[str] = ()
    """Required keys of these settings."""
    memory_hint = ""
    """How to set more memory."""

    remote_job: RemoteJob

    def execute(self, context):
        self.begin(context)
        self.settings = runner_settings(self.settings_variable)
        if missing := [name for name in self.required_settings if not self.settings.get(name)]:
            raise AirflowFailException(f"{self.settings_variable} lacks {', '.join(missing)}")
        self.region_name = self.settings.get("region") or task_environment.settings().get("AWS_REGION")
        self.aws_conn_id = task_environment.aws_connection()
        try:
            outcome = self._run_remotely(context)
            result = self.remote_job.result(outcome.name)
            self._release_result(outcome.name, result)
        except ClientError as error:
            message = f"{error.operation_name}: {error.response['Error'].get('Message') or error}"
            code = error.response["Error"]["Code"]
            raise (AirflowFailException if code in NON_RETRYABLE else AirflowException)(message) from error
        result = contract.raise_for_exit_code(
            outcome.exit_code, result, outcome.last_line, outcome.memory, self.memory_hint
        )
        self.push(context, result)
        return result["uri"]

    @abstractmethod
    def _run_remotely(self, context) -> JobOutcome:
        """Starts the jar, or finds it running, and waits until it ends."""

    def _release_result(self, name: str, result: Any) -> None:  # noqa: ARG002
        """Deletes the result: only this task instance waits for it."""
        self.remote_job.delete_result(name)

    def _tags(self, **extra: str) -> dict[str, str]:
        """The tags of what is started: the settings', the dataset's name, and these."""
        name = self.dataset_name()
        return self.settings.get("tags", {}) | ({"propensity:dataset": name} if name else {}) | extra

    def _remote_job(self, *identity: str) -> RemoteJob:
        return RemoteJob(self._aws("s3"), self.settings["results"], self.argv(), list(identity))

    def _aws(self, service: str):
        """A client of the service, with the worker's permissions."""
        return AwsBaseHook(
            aws_conn_id=self.aws_conn_id,
            region_name=self.region_name,
            client_type=service,
            config=Config(**RETRY_CONFIG),
        ).get_conn()


def instance(context) -> list[str]:
    """What identifies this task instance, regardless of its try."""
    ti = context["ti"]
    return [ti.dag_id, ti.run_id, ti.task_id, str(ti.map_index)]
