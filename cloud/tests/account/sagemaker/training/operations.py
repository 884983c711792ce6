"""The operations on training jobs; each runs in a thread of its own (job.py)."""

from __future__ import annotations

import threading

from account.common.errors import AwsError, invalid, limited
from account.common.listing import page
from account.sagemaker.training.job import Job

ECHOED = (
    "HyperParameters",
    "AlgorithmSpecification",
    "RoleArn",
    "InputDataConfig",
    "OutputDataConfig",
    "ResourceConfig",
    "VpcConfig",
    "StoppingCondition",
    "CheckpointConfig",
    "Environment",
    "RetryStrategy",
    "EnableNetworkIsolation",
    "EnableInterContainerTrafficEncryption",
    "EnableManagedSpotTraining",
)


class Jobs:
    """SageMaker keeps jobs, and their names taken, until DeleteTrainingJob."""

    def __init__(self, region):
        self._region = region
        self.by_name: dict[str, Job] = {}
        self._threads: list[threading.Thread] = []

    def create_training_job(self, request: dict) -> dict:
        name = request["TrainingJobName"]
        if name in self.by_name:
            raise AwsError(
                "ResourceInUse",
                "Training job names must be unique within an AWS account and region, and a training job with this "
                f"name already exists ({self.by_name[name].arn})",
            )
        self._check(request)
        job = Job(self._region, request)
        self.by_name[name] = job
        self._region.tags.put(job.arn, request.get("Tags"))
        thread = threading.Thread(target=job.run, daemon=True)
        self._threads.append(thread)
        thread.start()
        return {"TrainingJobArn": job.arn}

    def describe_training_job(self, request: dict) -> dict:
        job = self._get(request["TrainingJobName"])
        return job.describe() | {name: job.request[name] for name in ECHOED if name in job.request}

    def stop_training_job(self, request: dict) -> None:
        job = self._get(request["TrainingJobName"])
        if job.status not in ("InProgress", "Stopping"):
            raise invalid(f"The request was rejected because the training job is in status {job.status}.")
        job.stop()

    def delete_training_job(self, request: dict) -> None:
        name = request["TrainingJobName"]
        if name not in self.by_name:
            raise AwsError("ResourceNotFound", "Requested resource not found.")
        job = self.by_name[name]
        if job.status in ("InProgress", "Stopping"):
            raise AwsError("ResourceInUse", f"The training job {job.arn} is in status {job.status}.")
        self._region.tags.drop(job.arn)
        del self.by_name[name]

    def list_training_jobs(self, request: dict) -> dict:
        return page(request, "TrainingJobSummaries", [job.summary() for job in self.by_name.values()], "TrainingJob")

    def stop(self) -> None:
        for job in self.by_name.values():
            job.end()
        for thread in self._threads:
            thread.join(30)

    def _get(self, name: str) -> Job:
        if name not in self.by_name:
            raise invalid("Requested resource not found.")
        return self.by_name[name]

    def _check(self, request: dict) -> None:
        for member in ("RoleArn", "OutputDataConfig", "ResourceConfig", "StoppingCondition"):
            if member not in request:
                raise invalid(f"{member} is required")
        algorithm = request["AlgorithmSpecification"]
        if ("TrainingImage" in algorithm) == ("AlgorithmName" in algorithm):
            raise invalid("You must provide exactly one of TrainingImage and AlgorithmName")
        resources = request["ResourceConfig"]
        for member in ("InstanceType", "InstanceCount", "VolumeSizeInGB"):
            if member not in resources:
                raise invalid(f"{member} is required in ResourceConfig")
        if resources["InstanceCount"] != 1:
            raise invalid("Only InstanceCount 1 is stood in for")
        kind, limit = resources["InstanceType"], self._region.settings.limits["training job"]
        busy = [job for job in self.by_name.values() if job.status in ("InProgress", "Stopping")]
        used = sum(job.request["ResourceConfig"]["InstanceType"] == kind for job in busy)
        if used + 1 > limit:
            raise limited(kind, "training job", limit, used, 1)
