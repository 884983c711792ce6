"""A training job of Amazon SageMaker."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from functools import cached_property
from logging import Logger
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from propensity.runners import contract
from propensity.runners.log_stream import LogStream
from propensity.runners.running_job import AwsJob, JobOutcome, JobStopped
from propensity.runners.waiters import Waiters
from propensity.sdk import AirflowException, AirflowFailException

LOG_GROUP = "/aws/sagemaker/TrainingJobs"


@dataclass(kw_only=True)
class TrainingJob(AwsJob):
    """A training job of Amazon SageMaker, which runs with the same arguments share.

    :param waiter: the task instance that waits
    """

    waiter: str

    def poll(self, log: Logger) -> bool:
        """Forwards its changes of state and the new lines of its log; whether it has ended."""
        self._job: dict[str, Any] = self.sagemaker.describe_training_job(TrainingJobName=self.name)
        transitions = self._job.get("SecondaryStatusTransitions", [])
        for transition in transitions[self.log_position.get("transitions", 0) :]:
            log.info("%s: %s", transition["Status"], transition.get("StatusMessage", ""))
        self.log_position["transitions"] = len(transitions)
        self._log.read(log)
        return self._job["TrainingJobStatus"] not in ("InProgress", "Stopping")

    def read_last_lines(self, log: Logger, seconds: float) -> None:
        """Forwards the lines that CloudWatch delivers late."""
        time.sleep(seconds)
        self._log.read(log)

    def outcome(self) -> JobOutcome:
        """How it ended."""
        job = self._job
        status, reason = job["TrainingJobStatus"], job.get("FailureReason", "")
        if status == "Completed":
            return JobOutcome(0, self._log.last_line)
        if job.get("SecondaryStatus") == "MaxRuntimeExceeded":
            raise AirflowException(f"the time limit of {job['StoppingCondition']['MaxRuntimeInSeconds']} s is reached")
        if status == "Stopped":
            raise JobStopped(f"the training job {self.name} was stopped")
        code = re.search(r"exit code: (\d+)", reason)
        if code is None:
            raise (AirflowFailException if reason.startswith("ClientError") else AirflowException)(reason)
        message = re.sub(r"^AlgorithmError: |,? ?exit code: \d+.*$", "", reason, flags=re.DOTALL)
        out_of_memory = int(code[1]) in (contract.HEAP_FULL, contract.KILLED)
        memory = job["ResourceConfig"]["InstanceType"] if out_of_memory else None
        return JobOutcome(int(code[1]), message.strip() or self._log.last_line, memory)

    def stop(self, log: Logger) -> None:
        """Stops it, where no other task instance waits for it: SageMaker would let it run to its time limit."""
        if self._is_shared(log):
            log.info("the training job %s keeps running: another task waits for it", self.name)
            return
        status = training_status(self.sagemaker, self.name)
        if status == "InProgress":  # SageMaker rejects the request for a job that has ended
            self.sagemaker.stop_training_job(TrainingJobName=self.name)
            log.info("stopped the training job %s", self.name)

    def _is_shared(self, log: Logger) -> bool:
        """Leaves; whether another task instance waits. A shared job that is stopped by mistake is started again."""
        try:
            return not self.waiters.leave(self.waiter)
        except (BotoCoreError, ClientError) as error:
            log.warning("who waits for the training job %s cannot be read, so it is stopped: %s", self.name, error)
            return False

    @cached_property
    def sagemaker(self):
        """A client of SageMaker."""
        return self.client("sagemaker")

    @cached_property
    def waiters(self) -> Waiters:
        """Who waits for it."""
        return Waiters(self.store, self.name)

    @cached_property
    def _log(self) -> LogStream:
        return LogStream(self.logs, LOG_GROUP, f"{self.name}/", self.log_position)


def training_status(sagemaker, name: str) -> str | None:
    """The status of a training job; none where there is no such job."""
    try:
        return sagemaker.describe_training_job(TrainingJobName=name)["TrainingJobStatus"]
    except ClientError as error:
        if "not found" in str(error):
            return None
        raise
