"""A pod of Kubernetes that runs a jar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from logging import Logger

from kubernetes.client import models as k8s

from propensity.runners import contract
from propensity.runners.pod_log import PodLog
from propensity.runners.pods import Pods
from propensity.runners.running_job import AwsJob, JobOutcome, JobStopped
from propensity.sdk import AirflowException

CONTAINER = "base"
"""The name of the jar's container."""

NEVER_STARTS = (
    "CreateContainerConfigError",
    "CreateContainerError",
    "ErrImageNeverPull",
    "ErrImagePull",
    "ImagePullBackOff",
    "InvalidImageName",
)
"""Why a container waits, where waiting longer helps little: the next try starts another pod."""


@dataclass(kw_only=True)
class KubernetesPod(AwsJob):
    """A pod that runs a jar, until it is deleted. Its result, and how far its log was read, are on S3.

    :param cluster: the name of the Kubernetes Connection; none: the cluster of ``KUBECONFIG``, or this one
    :param pod: the pod's name
    :param memory: the container's memory limit
    :param startup_seconds: how long the pod may take to be scheduled, and then to start
    """

    cluster: str | None
    namespace: str
    pod: str
    memory: str
    startup_seconds: float

    def poll(self, log: Logger) -> bool:
        """Forwards the new lines of its log; whether it has ended, or does not start."""
        self.resource: k8s.V1Pod | None = self.pods.read(self.pod)
        if self.resource is None:
            return True
        state = self._state()
        if state and (state.running or state.terminated):
            self._log.read(log)
        ended = self.resource.status.phase in ("Succeeded", "Failed") or (state and state.terminated)
        return bool(ended or self._startup_problem())

    def outcome(self) -> JobOutcome:
        """How it ended."""
        if self.resource is None:
            raise JobStopped(f"the pod {self.pod} was terminated: it does not exist anymore")
        status, state = self.resource.status, self._state()
        code = state.terminated.exit_code if state and state.terminated else None
        if code == 0:
            return JobOutcome(0, self._log.last_line)
        if status.reason or self.resource.metadata.deletion_timestamp:
            # By the cluster, such as for the memory of its machine, or from outside Airflow.
            reason = " ".join(filter(None, (status.reason, status.message))) or "it was deleted from outside Airflow"
            raise JobStopped(f"the pod {self.pod} was terminated: {reason}")
        if problem := self._startup_problem():
            raise AirflowException(f"the pod {self.pod} did not start: {problem}")
        if code is None:
            raise AirflowException(f"the pod {self.pod} was terminated without an exit code")
        out_of_memory = state.terminated.reason == "OOMKilled" or code == contract.HEAP_FULL
        return JobOutcome(code, self._log.last_line, self.memory if out_of_memory else None)

    def stop(self, log: Logger) -> None:
        """Deletes it: it would run on."""
        self.pods.delete(self.pod)
        log.info("deleted the pod %s", self.pod)

    def clean_up(self, log: Logger) -> None:
        """Deletes it: its log and its result have been read."""
        try:
            self.stop(log)
        except AirflowException as error:
            log.warning("the pod %s was not deleted: %s", self.pod, error)

    def _state(self) -> k8s.V1ContainerState | None:
        statuses = self.resource.status.container_statuses or []
        return next((status.state for status in statuses if status.name == CONTAINER), None)

    def _startup_problem(self) -> str | None:
        """Why a pod that has not started will not, or has taken too long; none where it started or may still start."""
        status = self.resource.status
        if status.phase != "Pending":
            return None
        state = self._state()
        waiting = state.waiting if state else None
        if waiting and waiting.reason in NEVER_STARTS:
            return _text(waiting)
        scheduled = next((c for c in status.conditions or [] if c.type == "PodScheduled"), None)
        since = self.resource.metadata.creation_timestamp
        if scheduled and scheduled.status == "True":
            since = scheduled.last_transition_time or since
        if datetime.now(UTC) - since < timedelta(seconds=self.startup_seconds):
            return None
        reason = scheduled if scheduled and scheduled.status != "True" else waiting
        return f"{self.startup_seconds:.0f} s have passed: {_text(reason) if reason else 'it is pending'}"

    @cached_property
    def pods(self) -> Pods:
        """The pods of its namespace."""
        return Pods(self.cluster, self.namespace)

    @cached_property
    def _log(self) -> PodLog:
        return PodLog(self.pods, self.pod, CONTAINER, self.log_position)


def _text(reason: k8s.V1ContainerStateWaiting | k8s.V1PodCondition) -> str:
    return ": ".join(filter(None, (reason.reason, reason.message)))
