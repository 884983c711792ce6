"""Runs a jar as a task of Amazon ECS, on Fargate."""

from __future__ import annotations

import time
from typing import Any

from propensity import task_environment
from propensity.runners.ecs_task import EcsTask
from propensity.runners.remote_operator import RemoteJarOperator, instance
from propensity.runners.running_job import RunningJob
from propensity.sdk import AirflowException
from propensity.triggers.ecs import EcsTrigger

STARTED_SECONDS = 3
"""How long a kill waits until a requested task is listed: less than the 5 s after which Airflow ends the process."""


class EcsJarOperator(RemoteJarOperator):
    """Runs a jar on a machine of Amazon ECS, for an Airflow without a Docker Engine (MWAA).

    The image, its role and its secrets are the task definition's; the jar's arguments are the command. The task
    is started by the job's key, so that the next try of a killed one finds it running.
    """

    settings_variable = "PROPENSITY_ECS"
    required_settings = ("cluster", "task_definition", "container", "subnets", "log_group", "results")
    memory_hint = "increase memory in PROPENSITY_ECS"
    trigger = EcsTrigger

    def submit(self, context) -> RunningJob:
        """The task of an earlier try that runs, or a new one."""
        self.ecs = self.aws("ecs")
        self.remote_job = self.job_of(self.settings["task_definition"], *instance(context))
        log_prefix = self._log_prefix()
        if running := self._started():
            self.log.info("continuing with the task %s of an earlier try", running[0])
            return self._task(running[0], log_prefix, found=True)
        self.results.delete_result(self.remote_job.key)
        self.remote_job.put_arguments()
        if self.killed:
            raise AirflowException("the task was killed before its job was started")
        answer = self.ecs.run_task(**self._request(context))
        if answer["failures"]:
            raise AirflowException(f"ECS has no capacity for the task: {answer['failures']}")
        arn = answer["tasks"][0]["taskArn"]
        self.log.info("started the task %s", arn)
        return self._task(arn, log_prefix, found=False)

    def on_kill(self) -> None:
        """Stops the task, also one whose start has just been requested: Airflow does not wait for the answer."""
        super().on_kill()
        if self.running is None and self.remote_job is not None:
            try:
                self._stop_started()
            except Exception as error:
                self.log.warning("the tasks of %s were not stopped: %s", self.remote_job.key, error)

    def _stop_started(self) -> None:
        end = time.monotonic() + STARTED_SECONDS
        while not (started := self._started()) and time.monotonic() < end:
            time.sleep(0.2)
        for arn in started:
            task = self._task(arn, "", found=True)
            task.ecs = self.ecs
            task.stop(self.log)

    def _started(self) -> list[str]:
        """The ARNs of the tasks that were started for this job and shall run."""
        return self.ecs.list_tasks(
            cluster=self.settings["cluster"], desiredStatus="RUNNING", startedBy=self.remote_job.key
        )["taskArns"]

    def _request(self, context) -> dict[str, Any]:
        tags = self.tags(**{"propensity:task": context["ti"].task_id})
        return {
            "cluster": self.settings["cluster"],
            "taskDefinition": self.settings["task_definition"],
            "overrides": self._overrides(),
            "startedBy": self.remote_job.key,
            "launchType": "FARGATE",
            "propagateTags": "TASK_DEFINITION",
            "tags": [{"key": key, "value": value} for key, value in tags.items()],
            "networkConfiguration": {
                "awsvpcConfiguration": {
                    "subnets": self.settings["subnets"],
                    "securityGroups": self.settings.get("security_groups", []),
                    "assignPublicIp": "ENABLED" if self.settings.get("public_ip") else "DISABLED",
                }
            },
        }

    def _overrides(self) -> dict[str, Any]:
        environment = [{"name": name, "value": value} for name, value in task_environment.settings().items()]
        container = {
            "name": self.settings["container"],
            "command": self.remote_job.command(self.remote_job.key),
            "environment": environment,
        }
        sizes = {name: str(self.settings[name]) for name in ("cpu", "memory") if self.settings.get(name)}
        return {"containerOverrides": [container]} | sizes

    def _task(self, arn: str, log_prefix: str, *, found: bool) -> EcsTask:
        container = self.settings["container"]
        return EcsTask(
            name=self.remote_job.key,
            found=found,
            connection=self.connection,
            region=self.region,
            results=self.settings["results"],
            cluster=self.settings["cluster"],
            arn=arn,
            container=container,
            log_group=self.settings["log_group"],
            log_stream=f"{log_prefix}/{container}/{arn.rpartition('/')[2]}",
        )

    def _log_prefix(self) -> str:
        container, name = self.settings["container"], self.settings["task_definition"]
        definition = self.ecs.describe_task_definition(taskDefinition=name)["taskDefinition"]
        log = next(c for c in definition["containerDefinitions"] if c["name"] == container).get("logConfiguration", {})
        return log.get("options", {}).get("awslogs-stream-prefix", container)
