"""A change of an endpoint on Amazon SageMaker."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from logging import Logger

from botocore.exceptions import ClientError

from propensity.runners.running_job import AwsJob, JobOutcome

BUSY = ("Creating", "Deleting", "RollingBack", "SystemUpdating", "Updating")
"""The statuses of an endpoint during a change."""


@dataclass(kw_only=True)
class EndpointChange(AwsJob):
    """A change of an endpoint on SageMaker, of which ``name`` is the name.

    Nobody stops it: the old model serves until the new one has passed its checks, and a task that runs again goes
    on with it.
    """

    def poll(self, log: Logger) -> bool:
        """Forwards its changes of status; whether the change has ended."""
        status = self._status()
        if self.log_position.get("status") != status:
            self.log_position["status"] = status
            log.info("%s: %s", self.name, status)
        return status not in BUSY

    def outcome(self) -> JobOutcome:
        """Nothing: the jar itself, which is run again, looks at what became of it."""
        return JobOutcome(0, "")

    def stop(self, log: Logger) -> None:
        """Leaves it as it is."""
        log.info("the change of %s continues; the next try waits for its end", self.name)

    def _status(self) -> str:
        try:
            return self.sagemaker.describe_endpoint(EndpointName=self.name)["EndpointStatus"]
        except ClientError as error:
            if "Could not find" in str(error):
                return "deleted"
            raise

    @cached_property
    def sagemaker(self):
        """A client of SageMaker."""
        return self.client("sagemaker")
