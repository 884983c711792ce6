"""Runs a jar as a pod of Kubernetes."""

from __future__ import annotations

from secrets import token_hex
from typing import Any

from airflow.providers.cncf.kubernetes.pod_generator import make_safe_label_value
from airflow.settings import pod_mutation_hook
from airflow.version import version as airflow_version

from propensity import task_environment
from propensity.runners.kubernetes_pod import KubernetesPod
from propensity.runners.pod_request import pod_request
from propensity.runners.remote_operator import RemoteJarOperator, instance
from propensity.runners.running_job import RunningJob
from propensity.settings import setting
from propensity.triggers.kubernetes import KubernetesTrigger

KEY = "propensity.dev/job"
DATASET = "propensity.dev/dataset"


class KubernetesJarOperator(RemoteJarOperator):
    """Runs a jar as a pod.

    The pod has the permissions of its service account; passwords come from Secrets that the settings name.
    It is deleted at its end; one that an earlier try has left is gone on with, or deleted where it has
    other arguments. A pod that is lost to Airflow ends after twice the task's time limit.

    :param startup_timeout_seconds: how long the pod may take to be scheduled, and then to start
    :param pod_spec: further arguments of ``kubernetes.client.V1PodSpec``, such as ``node_selector``
    """

    settings_variable = "PROPENSITY_KUBERNETES"
    required_settings = ("image", "results")
    memory_hint = "increase memory in PROPENSITY_KUBERNETES"
    trigger = KubernetesTrigger
    poll_seconds = 2.0

    def __init__(
        self, *, startup_timeout_seconds: float = 600, pod_spec: dict[str, Any] | None = None, **settings
    ) -> None:
        super().__init__(**settings)
        self.startup_timeout_seconds = startup_timeout_seconds
        self.pod_spec = pod_spec or {}

    def submit(self, context) -> RunningJob:
        """The pod of an earlier try that works on the same, else a new one."""
        self.remote_job = self.job_of(self.settings["image"], *instance(context))
        labels = _task_labels(context["ti"])
        if found := self._leftover(labels):
            return found
        self.results.delete_result(self.remote_job.key)
        self.remote_job.put_arguments()
        pod = pod_request(
            name=f"propensity-{self.jar}-{token_hex(4)}",
            labels=self._labels() | labels | {"try_number": str(context["ti"].try_number)},
            image=self.settings["image"],
            arguments=self.remote_job.command(self.remote_job.key),
            variables=task_environment.settings(),
            secrets=self.settings.get("secrets", {}),
            memory=self._memory,
            pod_spec=self._pod_spec() | self.pod_spec,
        )
        pod_mutation_hook(pod)
        # Before it is there: a kill that comes meanwhile must know it.
        self.running = self._pod(pod.metadata.name, found=False)
        self.running.pods.create(pod)
        self.log.info("created the pod %s", self.running.pod)
        return self.running

    def _leftover(self, labels: dict[str, str]) -> KubernetesPod | None:
        """The pod of an earlier try that works on the same; others of its pods are deleted."""
        pods = self._pod("", found=True).pods
        for pod in pods.labelled(labels):
            name = pod.metadata.name
            is_same_job = pod.metadata.labels.get(KEY) == self.remote_job.key
            if is_same_job and pod.status.phase in ("Pending", "Running") and not pod.metadata.deletion_timestamp:
                self.log.info("continuing with the pod %s of an earlier try", name)
                return self._pod(name, found=True)
            self.log.warning("deleting the pod of an earlier try: %s", name)
            pods.delete(name)
        return None

    def _pod(self, name: str, *, found: bool) -> KubernetesPod:
        return KubernetesPod(
            name=self.remote_job.key,
            found=found,
            connection=self.connection,
            region=self.region,
            results=self.settings["results"],
            cluster=setting("PROPENSITY_KUBERNETES_CONNECTION") or None,
            namespace=self.settings.get("namespace", "default"),
            pod=name,
            memory=self._memory,
            startup_seconds=self.startup_timeout_seconds,
        )

    @property
    def _memory(self) -> str:
        return self.settings.get("memory", "4Gi")

    def _labels(self) -> dict[str, str]:
        """The labels that do not identify the task."""
        name = self.dataset_name()
        # A label's value ends with a letter or a digit.
        dataset = {DATASET: name.rstrip("-_")} if name else {}
        chosen = {label: str(value) for label, value in self.settings.get("labels", {}).items()}
        return chosen | dataset | {KEY: self.remote_job.key, "airflow_version": airflow_version.replace("+", "-")}

    def _pod_spec(self) -> dict[str, Any]:
        limit = self.execution_timeout
        return {
            "service_account_name": self.settings.get("service_account"),
            # Twice: the try after a killed one goes on with its pod.
            "active_deadline_seconds": None if limit is None else int(2 * limit.total_seconds()),
        }


def _task_labels(ti) -> dict[str, str]:
    """The labels that identify a task's pods, of any try: those of Airflow's own pods."""
    labels = {"dag_id": ti.dag_id, "task_id": ti.task_id, "run_id": ti.run_id}
    if ti.map_index is not None and ti.map_index >= 0:
        labels["map_index"] = str(ti.map_index)
    return {name: make_safe_label_value(value) for name, value in labels.items()}
