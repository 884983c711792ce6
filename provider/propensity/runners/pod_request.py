"""The pod that runs a jar, as it is requested."""

from __future__ import annotations

from typing import Any

from kubernetes.client import models as k8s

from propensity.runners.kubernetes_pod import CONTAINER

USER = 10001
"""The user of the task image."""


def pod_request(
    *,
    name: str,
    labels: dict[str, str],
    image: str,
    arguments: list[str],
    variables: dict[str, str],
    secrets: dict[str, str],
    memory: str,
    pod_spec: dict[str, Any],
) -> k8s.V1Pod:
    """A pod without privileges, which runs the image once.

    :param variables: environment variables
    :param secrets: environment variables from Secrets: variable to ``Secret/key``
    :param memory: the container's memory limit, and what it requests
    :param pod_spec: further arguments of ``V1PodSpec``
    """
    memory_limit = {"memory": memory}
    container = k8s.V1Container(
        name=CONTAINER,
        image=image,
        args=arguments,
        env=[k8s.V1EnvVar(name=variable, value=value) for variable, value in variables.items()]
        + [
            k8s.V1EnvVar(name=variable, value_from=_from_secret(*place.split("/", 1)))
            for variable, place in secrets.items()
        ],
        resources=k8s.V1ResourceRequirements(limits=memory_limit, requests=memory_limit),
        security_context=k8s.V1SecurityContext(
            allow_privilege_escalation=False, capabilities=k8s.V1Capabilities(drop=["ALL"])
        ),
    )
    own: dict[str, Any] = {
        "containers": [container],
        "restart_policy": "Never",
        "automount_service_account_token": False,
        "security_context": k8s.V1PodSecurityContext(
            run_as_non_root=True, run_as_user=USER, seccomp_profile=k8s.V1SeccompProfile(type="RuntimeDefault")
        ),
    }
    return k8s.V1Pod(
        api_version="v1",
        kind="Pod",
        metadata=k8s.V1ObjectMeta(name=name, labels=labels),
        spec=k8s.V1PodSpec(**own | pod_spec),
    )


def _from_secret(name: str, key: str) -> k8s.V1EnvVarSource:
    return k8s.V1EnvVarSource(secret_key_ref=k8s.V1SecretKeySelector(name=name, key=key))
