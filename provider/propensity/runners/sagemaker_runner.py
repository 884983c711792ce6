"""Runs a jar as a training job of Amazon SageMaker."""

from __future__ import annotations

import hashlib
import json
import re
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from botocore.exceptions import ClientError

from propensity import task_environment
from propensity.runners.remote_operator import RemoteJarOperator, instance
from propensity.runners.running_job import RunningJob
from propensity.runners.training_job import TrainingJob, training_status
from propensity.triggers.sagemaker import TrainingTrigger

MAX_VALUE_LENGTH = 512
"""Characters that a variable of a job's environment may have."""

REUSE_WINDOW = timedelta(hours=1)
"""A job that finished longer ago is not reused by a new try: the jar runs again, and finds its artifact quickly."""


class SageMakerJarOperator(RemoteJarOperator):
    """Runs a jar as a training job, finds the job again, and stops it when nobody waits for it.

    The same image, jar and options as elsewhere are the job's entry point and arguments. A job is named by
    32 hex digits of what it computes and the number of jobs of that name which finished before it. The digits
    follow from the image and the jar's arguments, whose inputs are named by their content: what follows from the
    jar's ``--plan`` too, but that needs Java on the worker, or the start of a container.

    So a new try finds the job that runs, or one that finished unseen; a failed one does not block it. Runs with the
    same arguments share a job: it is stopped when the last of them is cleared.
    ``params["training_job"]`` of a run may set ``instance_type``, ``seconds``, ``volume_gb``, ``subnets`` and
    ``security_groups`` over the settings.
    """

    settings_variable = "PROPENSITY_SAGEMAKER"
    required_settings = ("image", "role", "results", "training")
    memory_hint = "choose a larger instance_type in the run's training_job or in PROPENSITY_SAGEMAKER"
    trigger = TrainingTrigger

    def submit(self, context) -> RunningJob:
        """The job that runs, one that finished well and whose result nobody read, or a new one."""
        self.settings |= {"training": self.settings["training"] | _run_settings(context)}
        self.remote_job = self.job_of(self.settings["image"])
        self.sagemaker = self.aws("sagemaker")
        name = self._find()
        if name is None:
            return self._start(context)
        job = self._joined(name, context, found=True)
        self.log.info("continuing with the training job %s, which already exists", name)
        return job

    def _find(self) -> str | None:
        found = self.sagemaker.list_training_jobs(
            NameContains=self.remote_job.key, SortBy="CreationTime", SortOrder="Descending", MaxResults=1
        )["TrainingJobSummaries"]
        for job in found:
            name, status = job["TrainingJobName"], job["TrainingJobStatus"]
            recent = status == "Completed" and datetime.now(UTC) - job["TrainingEndTime"] < REUSE_WINDOW
            if status == "InProgress" or (recent and self.results.unread(name)):
                return name
        return None

    def _start(self, context) -> RunningJob:
        self.remote_job.put_arguments()
        number = 0
        while True:
            name = f"{self.remote_job.key}-{number}"
            if status := self._status(name):
                if status == "InProgress":
                    job = self._joined(name, context, found=True)
                    self.log.info("continuing with the training job %s, which another run has just created", name)
                    return job
                number += 1
                continue
            # Before it is there: a kill that comes meanwhile must know it.
            self.running = self._joined(name, context, found=False)
            try:
                self.sagemaker.create_training_job(**self._request(name, context))
            except Exception as error:
                if isinstance(error, ClientError) and error.response["Error"]["Code"] == "ResourceInUse":
                    continue  # another run has made it just now
                # Else another run that makes a job of this name would share it with this task, which does not wait.
                self.stop_job()
                self.running = None
                raise
            self.log.info("started the training job %s on %s", name, self.settings["training"]["instance_type"])
            return self.running

    def _joined(self, name: str, context, *, found: bool) -> TrainingJob:
        """The job, for which this task instance now waits."""
        job = TrainingJob(
            name=name,
            found=found,
            connection=self.connection,
            region=self.region,
            results=self.settings["results"],
            waiter=hashlib.sha256(json.dumps(instance(context)).encode()).hexdigest()[:32],
        )
        seconds = int(self.settings["training"]["seconds"])
        job.waiters.join(job.waiter, self.deadline or time.time() + seconds)
        return job

    def _status(self, name: str) -> str | None:
        return training_status(self.sagemaker, name)

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
            "Tags": [{"Key": key, "Value": _tag_value(value)} for key, value in self.tags(**dict(task_tags)).items()],
        }
        subnets = training.get("subnets", self.settings.get("subnets"))
        if subnets:
            groups = training.get("security_groups", self.settings.get("security_groups"))
            request["VpcConfig"] = {"Subnets": subnets, "SecurityGroupIds": groups}
        return request

    def release_result(self, job: RunningJob, result: Any) -> None:
        """Leaves the result for other runs that share the job."""
        if result is not None:
            self.results.mark_read(job.name, result)
        job.waiters.leave(job.waiter)


def _run_settings(context) -> dict[str, Any]:
    """The run's settings of its training job."""
    return dict((context.get("params") or {}).get("training_job") or {})


def _tag_value(value: str) -> str:
    """A tag's value: SageMaker allows no others."""
    return re.sub(r"[^\w \-.:/=+@]", "_", value)[:256]
