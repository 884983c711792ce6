"""Runs a jar as a training job of Amazon SageMaker."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from airflow.providers.amazon.aws.hooks.sagemaker import secondary_training_status_message
from airflow.providers.amazon.aws.operators.sagemaker import SageMakerTrainingOperator
from botocore.exceptions import ClientError

from propensity import task_environment
from propensity.runners import contract
from propensity.runners.log_stream import LogStream
from propensity.runners.remote_operator import RETRY_CONFIG, JobOutcome, RemoteJarOperator, instance
from propensity.sdk import AirflowException, AirflowFailException
from propensity.settings import setting

LOG_GROUP = "/aws/sagemaker/TrainingJobs"
MAX_VALUE_LENGTH = 512
"""Characters that a variable of a job's environment may have."""

REUSE_WINDOW = timedelta(hours=1)
"""A job that finished longer ago is not reused by a new try: the jar runs again, and finds its artifact quickly."""


class SageMakerJarOperator(RemoteJarOperator, SageMakerTrainingOperator):
    """A SageMakerTrainingOperator that knows the jars' contract, finds its job again, and stops it.

    The same image, jar and options as elsewhere are the job's entry point and arguments. A job is named by
    32 hex digits of what it computes and the number of jobs of that name which finished before it. The digits
    follow from the image and the jar's arguments, whose inputs are named by their content: what follows from the
    jar's ``--plan`` too, but that needs Java on the worker, or the start of a container.

    So a new try finds the job that runs, or one that finished unseen; a failed one does not block it.
    ``params["training_job"]`` of a run may set ``instance_type``, ``seconds``, ``volume_gb``, ``subnets`` and
    ``security_groups`` over the settings.
    """

    settings_variable = "PROPENSITY_SAGEMAKER"
    required_settings = ("image", "role", "results", "training")
    memory_hint = "choose a larger instance_type in the run's training_job or in PROPENSITY_SAGEMAKER"

    @staticmethod
    def defaults(jar: str) -> dict[str, Any]:  # noqa: ARG004
        return {
            "config": {},
            "check_interval": float(setting("PROPENSITY_POLL_SECONDS", "10")),
            "botocore_config": RETRY_CONFIG,
        }

    def __init__(self, **settings) -> None:
        super().__init__(**settings)
        self.job: str | None = None

    def _run_remotely(self, context) -> JobOutcome:
        self.settings |= {"training": self.settings["training"] | _run_settings(context)}
        self.remote_job = self._remote_job(self.settings["image"])
        self.job = self._find() or self._start(context)
        return self._outcome(self._follow())

    def _find(self) -> str | None:
        """The job that runs, or one that finished well and whose result nobody read."""
        found = self.hook.get_conn().list_training_jobs(
            NameContains=self.remote_job.key, SortBy="CreationTime", SortOrder="Descending", MaxResults=1
        )["TrainingJobSummaries"]
        for job in found:
            name, status = job["TrainingJobName"], job["TrainingJobStatus"]
            recent = status == "Completed" and datetime.now(UTC) - job["TrainingEndTime"] < REUSE_WINDOW
            if status == "InProgress" or (recent and self.remote_job.unread(name)):
                self.log.info("continuing with the training job %s, which already exists", name)
                return name
        return None

    def _start(self, context) -> str:
        self.remote_job.put_arguments()
        number = 0
        while True:
            name = f"{self.remote_job.key}-{number}"
            if status := self._status(name):
                if status == "InProgress":
                    self.log.info("continuing with the training job %s, which another run has just created", name)
                    return name
                number += 1
                continue
            # Before it is there: a kill that comes meanwhile must know it.
            self.job = name
            try:
                self.hook.create_training_job(self._request(name, context), wait_for_completion=False, print_log=False)
            except ClientError as error:
                if error.response["Error"]["Code"] != "ResourceInUse":
                    raise
                continue  # another run has made it just now
            self.log.info("started the training job %s on %s", name, self.settings["training"]["instance_type"])
            return name

    def _status(self, name: str) -> str | None:
        try:
            return self.hook.describe_training_job(name)["TrainingJobStatus"]
        except ClientError as error:
            if "not found" in str(error):
                return None
            raise

    def _request(self, name: str, context) -> dict[str, Any]:
        training = self.settings["training"]
        environment = task_environment.settings()
        task_tags = zip(("propensity:dag", "propensity:run", "propensity:task"), instance(context), strict=False)
        request = {
            "TrainingJobName": name,
            "RoleArn": self.settings["role"],
            "AlgorithmSpecification": {
                "TrainingImage": self.settings["image"],
                "TrainingInputMode": "File",
                "ContainerEntrypoint": ["propensity"],
                "ContainerArguments": self.remote_job.command(name),
            },
            "OutputDataConfig": {"S3OutputPath": f"{self.settings['results'].rstrip('/')}/jobs"},
            "ResourceConfig": {
                "InstanceType": training["instance_type"],
                "InstanceCount": 1,
                "VolumeSizeInGB": int(training.get("volume_gb", 30)),
            },
            "StoppingCondition": {"MaxRuntimeInSeconds": int(training["seconds"])},
            "Environment": {name: value for name, value in environment.items() if len(value) <= MAX_VALUE_LENGTH},
            "Tags": [{"Key": key, "Value": _tag_value(value)} for key, value in self._tags(**dict(task_tags)).items()],
        }
        subnets = training.get("subnets", self.settings.get("subnets"))
        if subnets:
            groups = training.get("security_groups", self.settings.get("security_groups"))
            request["VpcConfig"] = {"Subnets": subnets, "SecurityGroupIds": groups}
        return request

    def _release_result(self, name: str, result: Any) -> None:
        """Leaves the result for other runs that share the job."""
        if result is not None:
            self.remote_job.mark_read(name, result)

    def _follow(self) -> dict[str, Any]:
        """Forwards the log until the job ends."""
        log = LogStream(self._aws("logs"), self.log, LOG_GROUP, f"{self.job}/")
        before = None
        while True:
            job = self.hook.describe_training_job(self.job)
            message = secondary_training_status_message(job, before)
            if message:
                self.log.info("%s", message)
            before = job
            finished = job["TrainingJobStatus"] not in ("InProgress", "Stopping")
            log.read()
            if finished:
                return job | {"last_line": log.last_line}
            time.sleep(self.check_interval)

    def _outcome(self, job: dict[str, Any]) -> JobOutcome:
        status, reason = job["TrainingJobStatus"], job.get("FailureReason", "")
        if status == "Completed":
            return JobOutcome(self.job, 0, job["last_line"])
        if job.get("SecondaryStatus") == "MaxRuntimeExceeded":
            raise AirflowException(f"the time limit of {job['StoppingCondition']['MaxRuntimeInSeconds']} s is reached")
        if status == "Stopped":
            raise AirflowException(f"the training job {self.job} was stopped; the next try starts a new one")
        code = re.search(r"exit code: (\d+)", reason)
        if code is None:
            raise (AirflowFailException if reason.startswith("ClientError") else AirflowException)(reason)
        message = re.sub(r"^AlgorithmError: |,? ?exit code: \d+.*$", "", reason, flags=re.DOTALL)
        out_of_memory = int(code[1]) in (contract.HEAP_FULL, contract.KILLED)
        memory = job["ResourceConfig"]["InstanceType"] if out_of_memory else None
        return JobOutcome(self.job, int(code[1]), message.strip() or job["last_line"], memory)

    def on_kill(self) -> None:
        """Stops the job: SageMaker would let it run, and cost, to its time limit."""
        if self.job is None:
            return
        try:
            self.hook.get_conn().stop_training_job(TrainingJobName=self.job)
        except ClientError as error:
            self.log.warning("the training job %s was not stopped: %s", self.job, error)


def _run_settings(context) -> dict[str, Any]:
    """The run's settings of its training job."""
    return dict((context.get("params") or {}).get("training_job") or {})


def _tag_value(value: str) -> str:
    """A tag's value: SageMaker allows no others."""
    return re.sub(r"[^\w \-.:/=+@]", "_", value)[:256]
