"""One task of Amazon ECS on Fargate: its container, from the pulled image to the exit code."""

from __future__ import annotations

import contextlib
import os
import threading
import uuid

import docker
from docker.errors import APIError, ImageNotFound

from account.common import containers
from account.common.listing import now
from account.common.logs import SimulatedLogStream

GRACE_SECONDS = 30
"""From SIGTERM to SIGKILL, as ECS has it unless a task definition says otherwise."""


class Task:
    """PROVISIONING → RUNNING → STOPPED. Of a task definition's containers the first one runs."""

    def __init__(self, account, region: str, cluster: str, definition: dict, asked: dict):
        self.account, self.region, self.cluster, self.definition = account, region, cluster, definition
        self.id = uuid.uuid4().hex
        name = cluster.rpartition("/")[2]
        self.arn = f"{cluster.rpartition(':cluster/')[0]}:task/{name}/{self.id}"
        self.started_by = asked.get("startedBy")
        self.tags = asked.get("tags", [])
        self.desired, self.status = "RUNNING", "PROVISIONING"
        self.container = definition["containerDefinitions"][0]
        overrides = asked.get("overrides", {})
        self.changed = next(iter(overrides.get("containerOverrides", [])), {})
        self.overrides = overrides
        self.memory = int(overrides.get("memory", definition["memory"]))
        self.cpu = overrides.get("cpu", definition["cpu"])
        self.created, self.stopped = now(), None
        self.ending: dict = {}
        self.exit_code: int | None = None
        self.reason: str | None = None
        self._running = None
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, reason: str) -> None:
        """SIGTERM, and SIGKILL after the grace."""
        self.desired = "STOPPED"
        self.ending = self.ending or {"stopCode": "UserInitiated", "stoppedReason": reason}
        running = self._running
        if running is not None and self.status == "RUNNING":
            grace = min(GRACE_SECONDS, int(self.account.settings.grace_seconds))

            def stop():
                with contextlib.suppress(APIError):
                    running.stop(timeout=grace)

            threading.Thread(target=stop, daemon=True).start()

    def end(self) -> None:
        """Kills it: the account is being stopped."""
        self.desired = "STOPPED"
        if self._running is not None:
            with contextlib.suppress(APIError):
                self._running.remove(force=True, v=True)
        self._thread.join(30)

    def described(self) -> dict:
        container = {
            "containerArn": f"{self.arn}/{self.container['name']}",
            "taskArn": self.arn,
            "name": self.container["name"],
            "image": self.container["image"],
            "lastStatus": self.status,
        }
        if self.exit_code is not None:
            container["exitCode"] = self.exit_code
        if self.reason:
            container["reason"] = self.reason
        task = {
            "taskArn": self.arn,
            "clusterArn": self.cluster,
            "taskDefinitionArn": self.definition["taskDefinitionArn"],
            "lastStatus": self.status,
            "desiredStatus": self.desired,
            "launchType": "FARGATE",
            "cpu": str(self.cpu),
            "memory": str(self.memory),
            "createdAt": self.created,
            "overrides": self.overrides,
            "containers": [container],
            "tags": self.tags,
        }
        if self.started_by:
            task["startedBy"] = self.started_by
        return task | (({"stoppedAt": self.stopped} | self.ending) if self.stopped else {})

    def _run(self) -> None:
        options = self.container.get("logConfiguration", {}).get("options", {})
        stream = f"{options.get('awslogs-stream-prefix')}/{self.container['name']}/{self.id}"
        log = SimulatedLogStream(self.account.client("logs", self.region), options.get("awslogs-group", "none"), stream)
        engine = docker.from_env(timeout=180)
        image = containers.local(self.container["image"], self.account.settings.image)
        try:
            if self.desired == "RUNNING":
                self._container(engine, image, log)
        except ImageNotFound:
            self.reason = (
                f"CannotPullContainerError: pull image manifest has been retried 1 time(s): {image}: not found"
            )
            self.ending = {"stopCode": "TaskFailedToStart", "stoppedReason": self.reason}
        except APIError as error:
            self.reason = self.reason or f"ContainerRuntimeError: {error.explanation}"
            self.ending = self.ending or {"stopCode": "TaskFailedToStart", "stoppedReason": self.reason}
        finally:
            self.desired, self.stopped = "STOPPED", now()
            self.status = "STOPPED"

    def _container(self, engine, image: str, log: SimulatedLogStream) -> None:
        engine.images.get(image)
        self._running = engine.containers.run(
            image,
            self.changed.get("command", self.container.get("command", [])),
            environment=self._environment(),
            network_mode="host",
            mem_limit=f"{self.memory}m",
            memswap_limit=f"{self.memory}m",
            labels={containers.LABEL: str(os.getpid()), "propensity.ecs": self.id},
            detach=True,
        )
        self.status = "RUNNING"
        if self.desired == "STOPPED":
            self.stop("")
        follower = containers.follow(lambda: self._running.logs(stream=True, follow=True), log.line)
        code = self._running.wait(timeout=None)["StatusCode"]
        follower.join(10)
        log.close()
        self._running.reload()
        if self._running.attrs["State"]["OOMKilled"]:
            self.reason = "OutOfMemoryError: Container killed due to memory usage"
        self.exit_code = code
        self.ending = self.ending or {
            "stopCode": "EssentialContainerExited",
            "stoppedReason": "Essential container in task exited",
        }
        self._running.remove(force=True, v=True)

    def _environment(self) -> dict[str, str]:
        """The definition's variables, the overrides', and where the task's role has its keys."""
        named = [*self.container.get("environment", []), *self.changed.get("environment", [])]
        secrets = self.account.client("secretsmanager", self.region)
        return (
            {entry["name"]: entry["value"] for entry in named}
            | {
                secret["name"]: secrets.get_secret_value(SecretId=secret["valueFrom"])["SecretString"]
                for secret in self.container.get("secrets", [])
            }
            | {
                "AWS_ENDPOINT_URL": self.account.url,
                "AWS_REGION": self.region,
                "AWS_CONTAINER_CREDENTIALS_FULL_URI": f"{self.account.url}/_credentials",
            }
        )
