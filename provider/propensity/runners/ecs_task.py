"""A task of Amazon ECS."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import cached_property
from logging import Logger
from typing import Any

from propensity.runners import contract
from propensity.runners.log_stream import LogStream
from propensity.runners.running_job import AwsJob, JobOutcome, JobStopped
from propensity.sdk import AirflowException

OUT_OF_MEMORY = "OutOfMemory"
STOPPED = ("UserInitiated", "SpotInterruption")


@dataclass(kw_only=True)
class EcsTask(AwsJob):
    """A task of Amazon ECS.

    :param container: the name of the jar's container
    :param log_group: where its log is, in ``log_stream``
    """

    cluster: str
    arn: str
    container: str
    log_group: str
    log_stream: str

    def poll(self, log: Logger) -> bool:
        """Forwards the new lines of its log; whether it has ended."""
        found = self.ecs.describe_tasks(cluster=self.cluster, tasks=[self.arn])
        if not found["tasks"]:
            raise AirflowException(f"ECS does not find the task {self.arn}: {found['failures']}")
        self._task = found["tasks"][0]
        self._log.read(log)
        return self._task["lastStatus"] == "STOPPED"

    def read_last_lines(self, log: Logger, seconds: float) -> None:
        """Forwards the lines that CloudWatch delivers late."""
        time.sleep(seconds)
        self._log.read(log)

    def outcome(self) -> JobOutcome:
        """How it ended."""
        task: dict[str, Any] = self._task
        container = next(c for c in task["containers"] if c["name"] == self.container)
        reason = container.get("reason") or task.get("stoppedReason", "")
        if task.get("stopCode") in STOPPED:
            raise JobStopped(f"the task was stopped: {reason}")
        if "exitCode" not in container:
            raise AirflowException(f"the task did not run: {reason}")
        code = container["exitCode"]
        out_of_memory = OUT_OF_MEMORY in reason or code == contract.HEAP_FULL
        memory = f"{task.get('memory', 'of the task definition')} MiB" if out_of_memory else None
        return JobOutcome(code, self._log.last_line, memory)

    def stop(self, log: Logger) -> None:
        """Stops it: ECS would let it run on."""
        self.ecs.stop_task(cluster=self.cluster, task=self.arn, reason="cleared in Airflow, or its time is up")
        log.info("stopped the task %s", self.arn)

    @cached_property
    def ecs(self):
        """A client of ECS."""
        return self.client("ecs")

    @cached_property
    def _log(self) -> LogStream:
        return LogStream(self.logs, self.log_group, self.log_stream, self.log_position)
