"""Waits for a pod of Kubernetes."""

from __future__ import annotations

from propensity.runners.kubernetes_pod import KubernetesPod
from propensity.triggers.job_trigger import JobTrigger


class KubernetesTrigger(JobTrigger):
    """Waits for a pod of Kubernetes."""

    job_class = KubernetesPod
