"""Runs a jar in a container of the task image."""

from __future__ import annotations

import os
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from airflow.providers.docker.hooks.docker import DockerHook
from docker import APIClient, TLSConfig
from docker.errors import APIError, NotFound

from propensity.runners import contract
from propensity.runners.docker_container import DockerContainer
from propensity.runners.jar_operator import JarOperator
from propensity.sdk import AirflowException
from propensity.settings import setting, task_setting
from propensity.task_environment import environment

RESULT = "/var/propensity/result.json"


class DockerJarOperator(JarOperator):
    """A jar in a container.

    It reads the result from a file, never from the logs (whose last line is often another's), fails
    where that is missing, keeps secrets out of every rendered field, and removes its container, and those
    that earlier tries of itself have left.

    :param image: the task image, by default the setting ``PROPENSITY_IMAGE`` (templated)
    :param mem_limit: the container's memory limit, such as ``4g``, by default the setting ``PROPENSITY_MEMORY``
    :param network_mode: the container's network, by default the setting ``PROPENSITY_NETWORK``
    :param docker_conn_id: the Connection of the registry that the image is pulled from, where it needs a login
    :param host_config: further arguments of ``APIClient.create_host_config``, such as ``extra_hosts``
    """

    template_fields: Sequence[str] = ("options", "mapped", "image")

    def __init__(
        self,
        *,
        image: str | None = None,
        mem_limit: str | None = None,
        network_mode: str | None = None,
        docker_conn_id: str | None = None,
        host_config: dict[str, Any] | None = None,
        **settings,
    ) -> None:
        super().__init__(**settings)
        self.image = image or setting("PROPENSITY_IMAGE", "propensity")
        self.mem_limit = mem_limit or setting("PROPENSITY_MEMORY", "4g")
        self.network_mode = network_mode or setting("PROPENSITY_NETWORK") or None
        self.docker_conn_id = docker_conn_id
        self.host_config = host_config or {}
        self.labels: dict[str, str] = {}
        self.engine: APIClient | None = None
        self.container: DockerContainer | None = None
        self.killed = False

    def execute(self, context):
        self.begin(context)
        self.labels = labels(context["ti"])
        self.engine = connect(self.docker_conn_id)
        self._remove_leftovers()
        self._pull_missing_image()
        try:
            self.container = self._create()
            result = self._run()
        finally:
            if self.container:
                self.container.remove()
        return self.conclude(context, result)

    def _remove_leftovers(self) -> None:
        """A try whose process was killed left its container running; two must not work side by side."""
        for container in self._containers():
            self.log.warning("removing the container of an earlier try: %s", container.identifier[:12])
            if not container.remove():
                raise AirflowException(f"the container {container.identifier[:12]} of an earlier try is still there")

    def _pull_missing_image(self) -> None:
        if self.engine.images(name=self.image):
            return
        self.log.info("pulling the image %s", self.image)
        try:
            for event in self.engine.pull(self.image, stream=True, decode=True):
                if error := event.get("error"):
                    raise AirflowException(f"the image {self.image} cannot be pulled: {error}")
                if "id" not in event and event.get("status"):
                    self.log.info("%s", event["status"])
        except APIError as error:
            raise AirflowException(f"the image {self.image} cannot be pulled: {error.explanation or error}") from error

    def _create(self) -> DockerContainer:
        limits = {"mem_limit": self.mem_limit, "network_mode": self.network_mode}
        created = self.engine.create_container(
            self.image,
            command=self.command_line(RESULT),
            environment=environment(),
            labels=self.labels,
            host_config=self.engine.create_host_config(**limits | self.host_config),
        )
        return DockerContainer(self.engine, created["Id"], self.log)

    def _run(self) -> dict[str, Any]:
        if self.killed:
            raise AirflowException("the task was killed before its container started")
        try:
            exit_code, last_line = self.container.run()
            memory = self.mem_limit if exit_code and self.container.ran_out_of_memory(exit_code) else None
        except NotFound as error:
            raise AirflowException("the container was removed while it ran") from error
        text = self.container.read(RESULT)
        result = contract.load(BytesIO(text)) if text else None
        return contract.raise_for_exit_code(exit_code, result, last_line, memory)

    def _containers(self) -> list[DockerContainer]:
        """The containers of this task, whichever try has made them."""
        names = [f"{name}={value}" for name, value in self.labels.items()]
        found = self.engine.containers(all=True, filters={"label": names})
        return [DockerContainer(self.engine, container["Id"], self.log) for container in found]

    def on_kill(self) -> None:
        """Stops and removes the container, also one whose creation has just been requested."""
        self.killed = True
        if self.engine is None:
            return
        if self.container:
            self.container.stop()
        for container in self._containers():
            container.remove()


def connect(docker_conn_id: str | None = None) -> APIClient:
    """A client of the engine's API, by the environment variables of Docker's own tools."""
    hook = DockerHook(
        docker_conn_id=docker_conn_id,
        base_url=os.environ.get("DOCKER_HOST") or "unix://var/run/docker.sock",
        tls=_tls(),
    )
    return hook.api_client


def labels(ti) -> dict[str, str]:
    """Labels that identify a task's containers on this engine, also beside other Airflows."""
    return {
        "propensity.stack": os.environ.get("PROPENSITY_STACK_ID", ""),
        "propensity.store": task_setting("PROPENSITY_STORE") or "",
        "propensity.dag": ti.dag_id,
        "propensity.run": ti.run_id,
        "propensity.task": ti.task_id,
        "propensity.map_index": str(ti.map_index),
    }


def _tls() -> TLSConfig | bool:
    folder = os.environ.get("DOCKER_CERT_PATH")
    if not folder:
        return False
    names = {"ca_cert": "ca.pem", "client_cert": "cert.pem", "client_key": "key.pem"}
    return DockerHook.construct_tls_config(**{option: str(Path(folder, name)) for option, name in names.items()})
