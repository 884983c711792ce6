"""Waits for a change of an endpoint on Amazon SageMaker."""

from __future__ import annotations

from propensity.runners.endpoint_change import EndpointChange
from propensity.triggers.job_trigger import JobTrigger


class EndpointTrigger(JobTrigger):
    """Waits for a change of an endpoint on Amazon SageMaker."""

    job_class = EndpointChange
