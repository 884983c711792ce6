"""A job on another machine, as both the worker and the triggerer see it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from functools import cached_property
from logging import Logger
from typing import Any, NamedTuple

from airflow.providers.amazon.aws.hooks.base_aws import AwsBaseHook
from botocore.config import Config

from propensity.runners.remote_job import Results
from propensity.sdk import AirflowException

RETRY_CONFIG = {"retries": {"mode": "standard", "max_attempts": 10}}
"""Retries of throttled and failed AWS calls, before the task itself fails and is retried."""


class JobOutcome(NamedTuple):
    """How the jar ended.

    :param exit_code: of its container
    :param last_line: of its log
    :param memory: the limit, where the task ran out of memory
    """

    exit_code: int
    last_line: str
    memory: str | None = None


class JobStopped(AirflowException):
    """Somebody has stopped the job."""


@dataclass(kw_only=True)
class RunningJob(ABC):
    """A job that was started, or found running.

    Its fields are all that another process needs to go on with it: names and positions, no secrets.

    :param name: what its result is named
    :param found: whether an earlier try or another run has started it
    :param log_position: how far its log was forwarded
    :param deferral: identifies the wait in the triggerer
    :param faults: how many triggers could not follow it
    :param kept: what the operator keeps meanwhile
    """

    name: str
    found: bool = False
    log_position: dict[str, Any] = field(default_factory=dict)
    deferral: str = ""
    faults: int = 0
    kept: dict[str, Any] = field(default_factory=dict)

    @abstractmethod
    def poll(self, log: Logger) -> bool:
        """Forwards the new lines of its log; whether it has ended."""

    def read_last_lines(self, log: Logger, seconds: float) -> None:  # noqa: ARG002
        """Forwards the lines of its log that are delivered only after its end; here, there are none.

        :param seconds: how long they are awaited
        """
        return

    @abstractmethod
    def outcome(self) -> JobOutcome:
        """How it ended; to be called after ``poll`` has returned true.

        Raises:
            JobStopped: somebody has stopped it
            AirflowException: the jar did not run, or the job's own time limit is reached
        """

    @abstractmethod
    def stop(self, log: Logger) -> None:
        """Stops it, unless another task instance waits for it too. May be called more than once."""

    def clean_up(self, log: Logger) -> None:  # noqa: ARG002
        """Deletes what is left of it, after it has ended and its outcome was read; here, nothing."""
        return

    def save_position(self) -> None:
        """Keeps the log's position, so that a triggerer that restarts forwards no line twice; here, nowhere."""
        return

    def restore_position(self) -> None:
        """Takes the log's position that this deferral has kept, if any."""
        return


@dataclass(kw_only=True)
class AwsJob(RunningJob):
    """A job whose result is on S3, most often one of an AWS service.

    :param connection: the name of the AWS Connection; none: the machine's own credentials
    :param results: where its result is, ``s3://bucket/prefix``; empty where it writes none
    """

    connection: str | None
    region: str | None
    results: str = ""

    def save_position(self) -> None:
        """Keeps the log's position beside the result."""
        if self.results:
            self.store.put(self._position_file, self.log_position)

    def restore_position(self) -> None:
        """Takes the log's position that this deferral has kept, if any."""
        if self.results:
            # In place: the log's stream shares it.
            self.log_position.update(self.store.get(self._position_file) or {})

    def client(self, service: str):
        """A client of the service."""
        return aws_client(service, self.connection, self.region)

    @cached_property
    def logs(self):
        """A client of CloudWatch Logs."""
        return self.client("logs")

    @cached_property
    def store(self) -> Results:
        """The results."""
        return Results(self.client("s3"), self.results)

    @property
    def _position_file(self) -> str:
        return f"{self.name}.{self.deferral}.position.json"


def aws_client(service: str, connection: str | None, region: str | None):
    """A client of the service, with the permissions of the Connection, or of this machine."""
    return AwsBaseHook(
        aws_conn_id=connection, region_name=region, client_type=service, config=Config(**RETRY_CONFIG)
    ).get_conn()
