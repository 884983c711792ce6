"""Runs a jar as a pod of Kubernetes."""

from __future__ import annotations

import os
from typing import Any

from airflow.providers.cncf.kubernetes.operators.pod import KubernetesPodOperator
from kubernetes.client import models as k8s
from kubernetes.client.exceptions import ApiException

from propensity import task_environment
from propensity.runners import contract
from propensity.runners.remote_operator import RemoteJarOperator, instance
from propensity.runners.running_job import JobOutcome
from propensity.sdk import AirflowException
from propensity.settings import setting

KEY = "propensity.dev/job"
DATASET = "propensity.dev/dataset"
USER = 10001
"""The user of the task image."""


class KubernetesJarOperator(RemoteJarOperator, KubernetesPodOperator):
    """A KubernetesPodOperator that knows the jars' contract.

    The pod has the permissions of its service account; passwords come from Secrets that the settings name.
    It is deleted at its end; one that an earlier try has left is gone on with, or deleted where it has
    other arguments.
    """

    settings_variable = "PROPENSITY_KUBERNETES"
    required_settings = ("image", "results")
    memory_hint = "increase memory in PROPENSITY_KUBERNETES"

    @staticmethod
    def defaults(jar: str) -> dict[str, Any]:
        return {
            "kubernetes_conn_id": setting("PROPENSITY_KUBERNETES_CONNECTION") or None,
            "name": f"propensity-{jar}",
            "startup_timeout_seconds": 600,
            "startup_check_interval_seconds": 1,
            "log_pod_spec_on_failure": False,
            "automount_service_account_token": False,
            "security_context": k8s.V1PodSecurityContext(
                run_as_non_root=True,
                run_as_user=USER,
                seccomp_profile=k8s.V1SeccompProfile(type="RuntimeDefault"),
            ),
            "container_security_context": k8s.V1SecurityContext(
                allow_privilege_escalation=False, capabilities=k8s.V1Capabilities(drop=["ALL"])
            ),
        }

    def __init__(self, **settings) -> None:
        super().__init__(**settings)
        self.log_formatter = self._keep_last_line
        self.last_line = ""
        # What this class returns is the XCom; the provider means a sidecar by the word, and must not.
        self.do_xcom_push = True

    def execute(self, context):
        self._prepare(context)
        outcome = self._run(context)
        result = self.results.result(self.remote_job.key)
        self.results.delete_result(self.remote_job.key)
        result = contract.raise_for_exit_code(
            outcome.exit_code, result, outcome.last_line, outcome.memory, self.memory_hint
        )
        self.push(context, result)
        return result["uri"]

    def submit(self, context):
        """The pod is started and followed by the provider's operator."""
        raise NotImplementedError

    def on_kill(self) -> None:
        KubernetesPodOperator.on_kill(self)

    def _run(self, context) -> JobOutcome:
        if self.kubernetes_conn_id is None:
            # Read now, not when the client's package was imported; none means this cluster's own.
            self.config_file = os.environ.get("KUBECONFIG")
        self.namespace = self.settings.get("namespace", "default")
        self.image = self.settings["image"]
        self.remote_job = self.job_of(self.image, *instance(context))
        self.arguments = self.remote_job.command(self.remote_job.key)
        self.env_vars = self._environment()
        name = self.dataset_name()
        # A label's value ends with a letter or a digit.
        dataset_label = {DATASET: name.rstrip("-_")} if name else {}
        self.labels = self.settings.get("labels", {}) | dataset_label | {KEY: self.remote_job.key}
        self.service_account_name = self.settings.get("service_account")
        limits = {"memory": self.settings.get("memory", "4Gi")}
        self.container_resources = k8s.V1ResourceRequirements(limits=limits, requests=limits)
        self.do_xcom_push = False
        try:
            super().execute_sync(context)
        finally:
            self.do_xcom_push = True
        return self._outcome(limits["memory"])

    def _environment(self) -> list[k8s.V1EnvVar]:
        plain = [k8s.V1EnvVar(name=name, value=value) for name, value in task_environment.settings().items()]
        secret = [
            k8s.V1EnvVar(name=name, value_from=_from_secret(*place.split("/", 1)))
            for name, place in self.settings.get("secrets", {}).items()
        ]
        return plain + secret

    def get_or_create_pod(self, pod_request_obj, context):
        """The pod of an earlier try that works on the same, else a new one."""
        for pod in self._leftovers(pod_request_obj, context):
            is_same_job = pod.metadata.labels.get(KEY) == self.remote_job.key
            if is_same_job and pod.status.phase in ("Pending", "Running") and not pod.metadata.deletion_timestamp:
                self.log.info("continuing with the pod %s of an earlier try", pod.metadata.name)
                return pod
            self.log.warning("deleting the pod of an earlier try: %s", pod.metadata.name)
            self.pod_manager.delete_pod(pod)
        self.results.delete_result(self.remote_job.key)
        self.remote_job.put_arguments()
        return self.pod_manager.create_pod(pod_request_obj)

    def _leftovers(self, pod, context) -> list[k8s.V1Pod]:
        task_labels = self._get_ti_pod_labels(context, include_try_number=False)
        selector = ",".join(f"{name}={value}" for name, value in task_labels.items())
        return self.client.list_namespaced_pod(pod.metadata.namespace, label_selector=selector).items

    def cleanup(self, pod, remote_pod, xcom_result=None, context=None) -> None:  # noqa: ARG002
        """Deletes the pod; the contract interprets its exit code."""
        if remote_pod and not self._killed:
            self.last_line = self.last_line or self._tail(remote_pod)
            self.process_pod_deletion(remote_pod, reraise=False)

    def _tail(self, pod: k8s.V1Pod) -> str:
        """The last line of a pod that ended before its log could be followed."""
        try:
            answer = self.client.read_namespaced_pod_log(
                pod.metadata.name,
                pod.metadata.namespace,
                container=self.base_container_name,
                tail_lines=1,
                _preload_content=False,  # the client would make a text of the bytes' representation
            )
        except ApiException as error:
            self.log.warning("the log cannot be read: %s", error.reason)
            return ""
        line = answer.data.decode(errors="replace").rstrip()
        self.log.info("%s", line)
        return line

    def _outcome(self, memory: str) -> JobOutcome:
        status = self.remote_pod.status
        states = [c.state.terminated for c in status.container_statuses or [] if c.name == self.base_container_name]
        if self._killed or not states or states[0] is None:
            raise AirflowException(f"the pod was terminated: {status.reason or ''} {status.message or ''}".strip())
        out_of_memory = states[0].reason == "OOMKilled" or states[0].exit_code == contract.HEAP_FULL
        return JobOutcome(states[0].exit_code, self.last_line, memory if out_of_memory else None)

    def _keep_last_line(self, _container: str, line: str) -> str:
        self.last_line = line.rstrip() or self.last_line
        return line


def _from_secret(name: str, key: str) -> k8s.V1EnvVarSource:
    return k8s.V1EnvVarSource(secret_key_ref=k8s.V1SecretKeySelector(name=name, key=key))
