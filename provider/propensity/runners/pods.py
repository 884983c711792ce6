"""The pods of a namespace, by the API of Kubernetes."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from typing import TypeVar

from airflow.providers.cncf.kubernetes.hooks.kubernetes import KubernetesHook
from kubernetes.client import CoreV1Api
from kubernetes.client import models as k8s
from kubernetes.client.exceptions import ApiException
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt, wait_exponential
from urllib3.exceptions import HTTPError

from propensity.sdk import AirflowException, AirflowFailException

Answer = TypeVar("Answer")

ATTEMPTS = 5
TIMEOUT = {"_request_timeout": (10, 60)}
"""Seconds until a connection is made, and until an answer comes."""

TRANSIENT = (401, 429, 500, 502, 503, 504)
"""Statuses of calls that are repeated. Credentials that expire (401) are read again."""

NON_RETRYABLE = (400, 403, 404, 422)
"""Statuses of what the user must fix."""


class Pods:
    """The pods of a namespace. A call that fails for a fault of the cluster or the network is repeated.

    Its methods raise an ``AirflowFailException`` where the cluster has rejected the request, or permits it to nobody
    with these credentials, and an ``AirflowException`` for a fault.

    :param connection: the name of a Kubernetes Connection; none: the cluster of ``KUBECONFIG``, or this one
    """

    def __init__(self, connection: str | None, namespace: str) -> None:
        self.connection = connection
        self.namespace = namespace
        self._api: CoreV1Api | None = None

    def create(self, pod: k8s.V1Pod) -> None:
        """Creates a pod, whose name is unique: one that exists was created by an earlier attempt of this call."""
        try:
            self._call(lambda api: api.create_namespaced_pod(self.namespace, pod, **TIMEOUT))
        except ApiException as error:
            if error.status != 409:
                raise _reported("create a pod", error) from error

    def read(self, name: str) -> k8s.V1Pod | None:
        """The pod, or nothing where it was deleted."""
        try:
            return self._call(lambda api: api.read_namespaced_pod(name, self.namespace, **TIMEOUT))
        except ApiException as error:
            if error.status == 404:
                return None
            raise _reported("read a pod", error) from error

    def labelled(self, labels: dict[str, str]) -> list[k8s.V1Pod]:
        """The pods with these labels."""
        selector = ",".join(f"{name}={value}" for name, value in labels.items())
        try:
            found = self._call(lambda api: api.list_namespaced_pod(self.namespace, label_selector=selector, **TIMEOUT))
        except ApiException as error:
            raise _reported("list pods", error) from error
        return found.items

    def log(self, name: str, container: str, seconds: int | None) -> bytes:
        """What a container wrote in the last seconds, or since its start: each line after the time of its writing."""
        try:
            return self._call(
                lambda api: (
                    api.read_namespaced_pod_log(
                        name,
                        self.namespace,
                        container=container,
                        timestamps=True,
                        _preload_content=False,  # the client would make a text of the bytes' representation
                        **({"since_seconds": seconds} if seconds else {}),
                        **TIMEOUT,
                    ).data
                )
            )
        except ApiException as error:
            raise _reported("read a pod's log", error) from error

    def delete(self, name: str) -> None:
        """Ends and deletes the pod, where it still exists."""
        try:
            self._call(lambda api: api.delete_namespaced_pod(name, self.namespace, **TIMEOUT))
        except ApiException as error:
            if error.status != 404:
                raise _reported("delete a pod", error) from error

    def _call(self, operation: Callable[[CoreV1Api], Answer]) -> Answer:
        retrying = Retrying(
            retry=retry_if_exception(_is_transient),
            wait=wait_exponential(max=8),
            stop=stop_after_attempt(ATTEMPTS),
            before_sleep=self._disconnect,
            reraise=True,
        )
        try:
            return retrying(lambda: operation(self._connected()))
        except HTTPError as error:
            raise AirflowException(f"Kubernetes does not answer: {error}") from error

    def _connected(self) -> CoreV1Api:
        if self._api is None:
            # KUBECONFIG is read now, not when the client's package was imported.
            file = None if self.connection else os.environ.get("KUBECONFIG")
            self._api = KubernetesHook(kubernetes_conn_id=self.connection, config_file=file).core_v1_client
        return self._api

    def _disconnect(self, _: RetryCallState) -> None:
        """Reads the credentials again before the next attempt: they may have expired."""
        self._api = None


def _is_transient(error: BaseException) -> bool:
    return isinstance(error, HTTPError) or (isinstance(error, ApiException) and error.status in TRANSIENT)


def _reported(action: str, error: ApiException) -> AirflowException:
    """The cluster's own message, without the headers of its answer."""
    try:
        message = json.loads(error.body)["message"]
    except (TypeError, ValueError, KeyError):
        message = error.reason
    # A namespace's quota is free again when other pods have ended.
    is_final = error.status in NON_RETRYABLE and "exceeded quota" not in message
    return (AirflowFailException if is_final else AirflowException)(f"cannot {action}: {message}")
