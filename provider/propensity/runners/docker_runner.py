"""Runs a jar in a container of the task image."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from airflow.providers.docker.exceptions import DockerContainerFailedException
from airflow.providers.docker.operators.docker import DockerOperator
from docker.errors import APIError, DockerException, NotFound
from urllib3.exceptions import HTTPError

from propensity.runners import contract
from propensity.runners.jar_operator import JarOperator
from propensity.settings import setting
from propensity.task_environment import environment

RESULT = "/var/propensity/result.json"
OOM_EVENT_SECONDS = 2
"""How long a killed container's event that its memory ran out is awaited."""


class DockerJarOperator(JarOperator, DockerOperator):
    """A DockerOperator that knows the jars' contract.

    It reads the result from a file, never from the logs (whose last line is often another's), fails
    where that is missing, knows the exit codes, keeps secrets out of every rendered field, and removes
    its container, and those that earlier tries of itself have left.
    """

    template_fields: Sequence[str] = ("options", "mapped", "image")
    pickling_library = contract

    @staticmethod
    def defaults(jar: str) -> dict[str, Any]:  # noqa: ARG004
        return {
            "retrieve_output": True,
            "retrieve_output_path": RESULT,
            "mount_tmp_dir": False,
            # This class removes the container itself: it must look at a stopped one first.
            "auto_remove": "never",
            "image": setting("PROPENSITY_IMAGE", "propensity"),
            "mem_limit": setting("PROPENSITY_MEMORY", "4g"),
            "network_mode": setting("PROPENSITY_NETWORK") or None,
        } | _tls()

    def execute(self, context):
        self.begin(context)
        self.command = self.command_line(RESULT)
        self._private_environment = environment()
        self.labels = labels(context["ti"])
        self._remove_leftovers()
        result = super().execute(context)
        return self.conclude(context, result)

    def _run_image(self) -> dict[str, Any]:
        try:
            result = super()._run_image()
            return contract.raise_for_exit_code(0, result, "")
        except DockerContainerFailedException as failure:
            state = self.cli.inspect_container(self.container["Id"])["State"]
            memory = self.mem_limit if self._is_out_of_memory(state) else None
            last_line = failure.logs[-1] if failure.logs else ""
            return contract.raise_for_exit_code(
                state["ExitCode"], self._attempt_to_retrieve_result(), last_line, memory
            )
        finally:
            self._remove()

    def _is_out_of_memory(self, state: dict[str, Any]) -> bool:
        if state["OOMKilled"] or state["ExitCode"] == contract.HEAP_FULL:
            return True
        if state["ExitCode"] != contract.KILLED:
            return False
        # The engine sometimes learns of the end of a container before it learns why.
        try:
            events = self.cli.events(
                since=0,
                until=time.time() + OOM_EVENT_SECONDS,
                filters={"container": self.container["Id"], "event": "oom"},
            )
            found = any(True for _ in events)
        except (DockerException, HTTPError, OSError) as error:  # also those of requests
            self.log.warning("the engine's events could not be read: %s", error)
            return False
        with suppress(OSError):
            events.close()
        return found

    def on_kill(self) -> None:
        super().on_kill()
        self._remove()

    def _remove(self) -> None:
        if self.container:
            try:
                self.cli.remove_container(self.container["Id"], force=True, v=True)
            except NotFound:
                pass
            except APIError as error:
                self.log.warning("the container could not be removed: %s", error)

    def _remove_leftovers(self) -> None:
        """A try whose process was killed left its container running; two must not work side by side."""
        labels = [f"{name}={value}" for name, value in self.labels.items()]
        for container in self.cli.containers(all=True, filters={"label": labels}):
            self.log.warning("removing the container of an earlier try: %s", container["Id"][:12])
            self.cli.remove_container(container["Id"], force=True, v=True)


def labels(ti) -> dict[str, str]:
    """Labels that identify a task's containers on this engine, also beside other Airflows."""
    return {
        "propensity.stack": os.environ.get("PROPENSITY_STACK_ID", ""),
        "propensity.store": os.environ.get("PROPENSITY_STORE", ""),
        "propensity.dag": ti.dag_id,
        "propensity.run": ti.run_id,
        "propensity.task": ti.task_id,
        "propensity.map_index": str(ti.map_index),
    }


def _tls() -> dict[str, str]:
    """The engine's certificates, by the names that Docker's own tools use."""
    folder = os.environ.get("DOCKER_CERT_PATH")
    if not folder:
        return {}
    files = {"tls_ca_cert": "ca.pem", "tls_client_cert": "cert.pem", "tls_client_key": "key.pem"}
    return {setting: str(Path(folder, file)) for setting, file in files.items()}
