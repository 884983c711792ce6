"""Waits for a task of Amazon ECS."""

from __future__ import annotations

from propensity.runners.ecs_task import EcsTask
from propensity.triggers.job_trigger import JobTrigger


class EcsTrigger(JobTrigger):
    """Waits for a task of Amazon ECS."""

    job_class = EcsTask
