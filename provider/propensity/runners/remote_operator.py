"""The base of the operators whose jar runs on another machine."""

from __future__ import annotations

import time
from abc import abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any, ClassVar, NoReturn
from uuid import uuid4

from botocore.exceptions import ClientError

from propensity import task_environment
from propensity.runners import contract
from propensity.runners.jar_operator import JarOperator, Waits
from propensity.runners.remote_job import RemoteJob, Results
from propensity.runners.running_job import JobStopped, RunningJob, aws_client
from propensity.sdk import AirflowException, AirflowFailException, AirflowTaskTimeout
from propensity.settings import number, runner_settings
from propensity.triggers.job_trigger import JobTrigger

NON_RETRYABLE = {
    "AccessDenied",
    "AccessDeniedException",
    "ClientException",
    "ClusterNotFoundException",
    "InvalidParameterException",
    "NoSuchBucket",
    "ValidationException",
}

MAX_FAULTS = 3
"""How often a trigger that cannot follow a job is started again, before the try fails."""

LATE_SECONDS = 5
"""How long after a job's end the last lines of its log are awaited, at most."""


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
    poll_seconds: ClassVar[float] = 10
    """Between two looks at the job, where the setting ``PROPENSITY_POLL_SECONDS`` is missing."""
    trigger: ClassVar[type[JobTrigger]]
    """What waits for the job in the triggerer."""

    def __init__(self, **settings) -> None:
        super().__init__(**settings)
        self.remote_job: RemoteJob | None = None
        self.running: RunningJob | None = None
        self.deadline: float | None = None
        self.killed = False

    def execute(self, context):
        """Starts the jar, or finds it running; its result."""
        limit = self.execution_timeout
        self.deadline = None if limit is None else time.time() + limit.total_seconds()
        self._prepare(context)
        self._submit(context)
        with _service_errors():
            return self._finish(context)

    def execute_complete(self, context, event: dict[str, Any]):
        """Goes on with the job for which a trigger has waited; its result."""
        # First of all: a kill must know it.
        self.running = self.trigger.job_class(**event["job"])
        self.waits = Waits(**self.running.kept)
        self.deadline = event["deadline"]
        with self._waiting(context):
            self._prepare(context)
        if event["timed_out"]:
            # Airflow calls on_kill, in case that the trigger could not stop the job.
            raise AirflowTaskTimeout(f"the time limit of {self.execution_timeout} is reached")
        with _service_errors():
            return self._finish(context, event["error"])

    @abstractmethod
    def submit(self, context) -> RunningJob:
        """Starts the jar, or finds it running."""

    def release_result(self, job: RunningJob, result: Any) -> None:  # noqa: ARG002
        """Deletes the result: only this task instance waits for it."""
        self.results.delete_result(job.name)

    def on_kill(self) -> None:
        """Stops the job."""
        self.killed = True
        self.stop_job()

    def stop_job(self) -> None:
        """Stops the job that was started, if any."""
        if self.running is not None:
            try:
                self.running.stop(self.log)
            except Exception as error:
                self.log.warning("the job %s was not stopped: %s", self.running.name, error)

    def _prepare(self, context) -> None:
        self.begin(context)
        self.settings = runner_settings(self.settings_variable)
        if missing := [name for name in self.required_settings if not self.settings.get(name)]:
            raise AirflowFailException(f"{self.settings_variable} lacks {', '.join(missing)}")
        self.region = self.settings.get("region") or task_environment.settings().get("AWS_REGION")
        self.connection = task_environment.aws_connection()
        self.results = Results(self.aws("s3"), self.settings["results"])

    def _submit(self, context) -> None:
        with self._waiting(context):
            self.running = self.submit(context)
        if self.killed:
            # The kill came before the job was known.
            self.on_kill()
            raise AirflowException("the task was killed while its job was started")

    def _finish(self, context, error: str | None = None) -> str:
        """Waits until the job has ended, and takes its result."""
        while True:
            with self._waiting(context):
                self._wait(context, error)
                self.running.read_last_lines(self.log, min(self._seconds(), LATE_SECONDS))
            ended = self.running
            try:
                outcome = ended.outcome()
                break
            except JobStopped as stopped:
                if self.killed or not ended.found:
                    raise
                # It was an earlier try's, or another run's, which was cleared just now.
                self.log.warning("%s; starting it again", stopped)
                self.running = None
                self._submit(context)
            finally:
                ended.clean_up(self.log)
        result = self.results.result(self.running.name)
        self.release_result(self.running, result)
        result = contract.raise_for_exit_code(
            outcome.exit_code, result, outcome.last_line, outcome.memory, self.memory_hint
        )
        return self.conclude(context, result)

    def _wait(self, context, error: str | None) -> None:
        if error and self.deferrable and self.running.faults < MAX_FAULTS:
            self.running.faults += 1
            self.log.warning("the triggerer cannot follow the job, and tries again: %s", error)
            self._defer(context)
        while not self.running.poll(self.log):
            if self.killed:
                raise AirflowException("the task was killed")
            if error:
                raise AirflowException(f"the triggerer cannot follow the job: {error}")
            if self.deferrable:
                self._defer(context)
            time.sleep(self._seconds())

    @contextmanager
    def _waiting(self, context) -> Iterator[None]:
        """Stops the job when the task fails and there is no next try that would wait for it."""
        try:
            with _service_errors():
                yield
        except Exception as error:
            is_last = context["ti"].try_number > context["ti"].max_tries
            if (is_last or isinstance(error, AirflowFailException)) and not self.killed:
                self.stop_job()
            raise

    def _defer(self, context) -> NoReturn:
        if not _is_running(context["ti"]):
            # Airflow would reject the deferral, and end this process without a kill.
            self.on_kill()
            raise AirflowException("the task was cleared or marked while its job was started")
        self.running.deferral = uuid4().hex
        self.running.kept = asdict(self.waits)
        # Without a timeout of Airflow's, which would not stop the job: the trigger watches the time.
        self.defer(
            trigger=self.trigger(job=asdict(self.running), deadline=self.deadline, poll_seconds=self._seconds()),
            method_name="execute_complete",
        )

    def _seconds(self) -> float:
        return number("PROPENSITY_POLL_SECONDS", self.poll_seconds)

    def tags(self, **extra: str) -> dict[str, str]:
        """The tags of what is started: the settings', the dataset's name, and these."""
        name = self.dataset_name()
        return self.settings.get("tags", {}) | ({"propensity:dataset": name} if name else {}) | extra

    def job_of(self, *identity: str) -> RemoteJob:
        """The arguments of this task's jar."""
        return RemoteJob(self.results, self.argv(), list(identity), self.waiting_options())

    def aws(self, service: str):
        """A client of the AWS service, with the worker's permissions."""
        return aws_client(service, self.connection, self.region)


@contextmanager
def _service_errors() -> Iterator[None]:
    """Reports what an AWS service has rejected."""
    try:
        yield
    except ClientError as error:
        message = f"{error.operation_name}: {error.response['Error'].get('Message') or error}"
        code = error.response["Error"]["Code"]
        raise (AirflowFailException if code in NON_RETRYABLE else AirflowException)(message) from error


def _is_running(ti) -> bool:
    """Whether Airflow still has the task as running: it may have been cleared, or marked as failed or succeeded."""
    states = ti.get_task_states(dag_id=ti.dag_id, run_ids=[ti.run_id], task_ids=[ti.task_id], map_index=ti.map_index)
    return "running" in states.get(ti.run_id, {}).values()


def instance(context) -> list[str]:
    """What identifies this task instance, regardless of its try."""
    ti = context["ti"]
    return [ti.dag_id, ti.run_id, ti.task_id, str(ti.map_index)]
