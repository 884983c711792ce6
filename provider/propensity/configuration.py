"""The sections of Airflow's configuration that this package reads, as Airflow's providers describe theirs."""

from __future__ import annotations

from typing import Any

TASK_OPTIONS = {
    "datasets": "Folder of the datasets' YAML files. Default: `datasets` beside Airflow's folder of DAGs.",
    "store": "S3 URI of artifacts and release ledgers, such as s3://bucket/prefix; one for each stage.",
    "mlflow_tracking_uri": "The MLflow server. Default: nothing is logged to MLflow.",
    "mlflow_url": "The MLflow server as browsers reach it, for links. Default: `mlflow_tracking_uri`.",
    "runner": "Where tasks run: docker, process, ecs, kubernetes or sagemaker; `runner_train` and the like are "
    "those of one task. Default: docker.",
    "pool": "Pool of the tasks, which must exist; `pool_ecs` and the like are those of one runner. "
    "Default: default_pool.",
    "image": "The task image of the runner docker. Default: propensity.",
    "memory": "Memory limit of a container of the runner docker. Default: 4g.",
    "network": "Network of a container of the runner docker. Default: that of the Docker Engine.",
    "jars": "Folder of the jars, for the runner process.",
    "launcher": "The launcher airflow/image/propensity, for the runner process.",
    "java_options": "Additional options for Java.",
    "retry_seconds": "Delay before the first retry; each further delay is twice as long. Default: 10.",
    "deferrable": "Whether remote jobs, and changes of endpoints on SageMaker, are waited for in the triggerer. "
    "Default: true from Airflow 3.3 on.",
    "poll_seconds": "Polling interval of remote jobs, in seconds. Default: 10, on Kubernetes 2.",
    "aws_connection": "AWS Connection of the tasks, which must exist. Default: my_aws_conn, if it exists.",
    "kubernetes_connection": "Kubernetes Connection. Default: this cluster, or that of KUBECONFIG.",
}
"""The options of section ``[propensity]``. ``runner_train`` and the like are the runners of single tasks, ``pool_ecs``
and the like the pools of a runner's tasks."""

RUNNER_SECTIONS: dict[str, dict[str, tuple[str, str]]] = {
    "propensity_ecs": {
        "region": ("text", "AWS region."),
        "cluster": ("text", "The cluster."),
        "task_definition": ("text", "ARN of the task definition."),
        "container": ("text", "Name of the container in the task definition."),
        "subnets": ("list", "Subnets, separated by commas."),
        "security_groups": ("list", "Security groups, separated by commas."),
        "public_ip": ("flag", "Whether tasks get a public IP address."),
        "log_group": ("text", "Log group of the container."),
        "results": ("text", "S3 URI of arguments and results, such as s3://bucket/results."),
        "cpu": ("text", "CPU units. Default: those of the task definition."),
        "memory": ("text", "Memory in MiB. Default: that of the task definition."),
        "tags": ("object", "Tags, as JSON."),
    },
    "propensity_kubernetes": {
        "region": ("text", "AWS region of the results."),
        "namespace": ("text", "Namespace of the pods. Default: default."),
        "service_account": ("text", "Service account of the pods."),
        "image": ("text", "The task image."),
        "memory": ("text", "Memory limit. Default: 4Gi."),
        "results": ("text", "S3 URI of arguments and results, such as s3://bucket/results."),
        "labels": ("object", "Labels, as JSON."),
        "secrets": ("object", "Environment variables from Secrets, as JSON: variable to Secret/key."),
    },
    "propensity_sagemaker": {
        "stage": ("text", "Stage, part of the names of endpoints."),
        "region": ("text", "AWS region."),
        "role": ("text", "ARN of the execution role."),
        "image": ("text", "The task image, with its digest."),
        "subnets": ("list", "Subnets, separated by commas."),
        "security_groups": ("list", "Security groups, separated by commas."),
        "results": ("text", "S3 URI of arguments and results, such as s3://bucket/results."),
        "endpoint": ("object", "Settings of endpoints, as JSON."),
        "training": ("object", "Training jobs, as JSON: instance_type, seconds, volume_gb."),
        "tags": ("object", "Tags, as JSON."),
    },
}
"""The options of the runners' sections: kind (text, flag, list, object) and description."""


def sections() -> dict[str, Any]:
    """All sections, in the form of a provider's ``config``."""
    found = {"propensity": {name: ("text", text) for name, text in TASK_OPTIONS.items()}} | RUNNER_SECTIONS
    return {
        section: {
            "description": f"Settings of Propensity ({section})." if section != "propensity" else "Propensity's tasks.",
            "options": {
                name: {
                    "description": description,
                    "version_added": None,
                    "type": "string",
                    "example": None,
                    "default": "",
                }
                for name, (_, description) in options.items()
            },
        }
        for section, options in found.items()
    }
