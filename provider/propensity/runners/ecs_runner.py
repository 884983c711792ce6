"""Runs a jar as a task of Amazon ECS, on Fargate."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

from airflow.providers.amazon.aws.exceptions import EcsOperatorError
from airflow.providers.amazon.aws.operators.ecs import EcsRunTaskOperator

from propensity import task_environment
from propensity.runners import contract
from propensity.runners.log_stream import LogStream
from propensity.runners.remote_operator import RETRY_CONFIG, JobOutcome, RemoteJarOperator, instance
from propensity.sdk import AirflowException
from propensity.settings import setting

OUT_OF_MEMORY = "OutOfMemory"


class EcsJarOperator(RemoteJarOperator, EcsRunTaskOperator):
    """An EcsRunTaskOperator that knows the jars' contract, for a machine without a Docker Engine (MWAA).

    The image, its role and its secrets are the task definition's; the jar's arguments are the command. The task
    is started by the job's key, so that the next try of a killed one finds it running.
    """

    settings_variable = "PROPENSITY_ECS"
    required_settings = ("cluster", "task_definition", "container", "subnets", "log_group", "results")
    memory_hint = "increase memory in PROPENSITY_ECS"

    @staticmethod
    def defaults(jar: str) -> dict[str, Any]:  # noqa: ARG004
        return {
            "task_definition": "",
            "cluster": "",
            "overrides": {},
            "launch_type": "FARGATE",
            "propagate_tags": "TASK_DEFINITION",
            "awslogs_fetch_interval": timedelta(seconds=float(setting("PROPENSITY_POLL_SECONDS", "10"))),
            "botocore_config": RETRY_CONFIG,
        }

    def _run_remotely(self, context) -> JobOutcome:
        self.cluster = self.settings["cluster"]
        self.task_definition = self.settings["task_definition"]
        self.container_name = self.settings["container"]
        self.remote_job = self._remote_job(self.task_definition, *instance(context))
        self._started_by = self.remote_job.key
        self._try_reattach_task(self._started_by)
        if self.arn is None:
            self._begin(context)
        return self._outcome(*self._follow())

    def _begin(self, context) -> None:
        self.remote_job.delete_result(self.remote_job.key)
        self.remote_job.put_arguments()
        self.overrides = self._overrides()
        self.tags = self._tags(**{"propensity:task": context["ti"].task_id})
        self.network_configuration = {
            "awsvpcConfiguration": {
                "subnets": self.settings["subnets"],
                "securityGroups": self.settings.get("security_groups", []),
                "assignPublicIp": "ENABLED" if self.settings.get("public_ip") else "DISABLED",
            }
        }
        try:
            self._start_task()
        except EcsOperatorError as error:
            raise AirflowException(f"ECS has no capacity for the task: {error.failures}") from error

    def _overrides(self) -> dict[str, Any]:
        environment = [{"name": name, "value": value} for name, value in task_environment.settings().items()]
        container = {
            "name": self.container_name,
            "command": self.remote_job.command(self.remote_job.key),
            "environment": environment,
        }
        sizes = {name: str(self.settings[name]) for name in ("cpu", "memory") if self.settings.get(name)}
        return {"containerOverrides": [container]} | sizes

    def _follow(self) -> tuple[dict[str, Any], str]:
        """Forwards the log until the task ends."""
        definition = self.client.describe_task_definition(taskDefinition=self.task_definition)["taskDefinition"]
        options = next(c for c in definition["containerDefinitions"] if c["name"] == self.container_name).get(
            "logConfiguration", {}
        )
        prefix = options.get("options", {}).get("awslogs-stream-prefix", self.container_name)
        stream = f"{prefix}/{self.container_name}/{self._get_ecs_task_id(self.arn)}"
        log = LogStream(self._aws("logs"), self.log, self.settings["log_group"], stream)
        while True:
            found = self.client.describe_tasks(cluster=self.cluster, tasks=[self.arn])
            if not found["tasks"]:
                raise AirflowException(f"ECS does not find the task {self.arn}: {found['failures']}")
            log.read()
            if found["tasks"][0]["lastStatus"] == "STOPPED":
                return found["tasks"][0], log.last_line
            time.sleep(self.awslogs_fetch_interval.total_seconds())

    def _outcome(self, task: dict[str, Any], last_line: str) -> JobOutcome:
        container = next(c for c in task["containers"] if c["name"] == self.container_name)
        reason = container.get("reason") or task.get("stoppedReason", "")
        if "exitCode" not in container:
            raise AirflowException(f"the task did not run: {reason}")
        if task.get("stopCode") in ("UserInitiated", "SpotInterruption"):
            raise AirflowException(f"the task was stopped: {reason}")
        code = container["exitCode"]
        out_of_memory = OUT_OF_MEMORY in reason or code == contract.HEAP_FULL
        memory = f"{task.get('memory', 'of the task definition')} MiB" if out_of_memory else None
        return JobOutcome(self.remote_job.key, code, last_line, memory)

    def on_kill(self) -> None:
        """Stops the task: ECS would let it run on."""
        if self.arn is not None:
            self.client.stop_task(cluster=self.cluster, task=self.arn, reason="cleared in Airflow, or its time is up")
