"""Waits for a training job of Amazon SageMaker."""

from __future__ import annotations

from propensity.runners.training_job import TrainingJob
from propensity.triggers.job_trigger import JobTrigger


class TrainingTrigger(JobTrigger):
    """Waits for a training job of Amazon SageMaker."""

    job_class = TrainingJob
