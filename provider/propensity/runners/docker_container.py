"""A container of the Docker Engine, by the engine's API."""

from __future__ import annotations

import logging
import tarfile
import time
from contextlib import suppress
from io import BytesIO

from docker import APIClient
from docker.errors import APIError, DockerException, NotFound
from urllib3.exceptions import HTTPError

from propensity.runners import contract
from propensity.runners.log_lines import forward, log_lines

OOM_EVENT_SECONDS = 2
"""How long a killed container's event that its memory ran out is awaited."""

STOP_SECONDS = 3
"""From SIGTERM to SIGKILL: less than the 5 s after which Airflow ends the process that removes the container."""


class DockerContainer:
    """A container that was created, until it is removed.

    :param engine: a client of the engine's API
    :param identifier: the container's id
    :param log: where the container's lines, and warnings, go
    """

    def __init__(self, engine: APIClient, identifier: str, log: logging.Logger) -> None:
        self.engine = engine
        self.identifier = identifier
        self.log = log

    def run(self) -> tuple[int, str]:
        """Starts the container and forwards its log until it ends; returns its exit code and its last line."""
        last_line = ""
        # Before the start: the first line must not be missed.
        chunks = self.engine.attach(self.identifier, stdout=True, stderr=True, stream=True)
        self.engine.start(self.identifier)
        for line in log_lines(chunks):
            last_line = line or last_line
            forward(self.log, line)
        return self.engine.wait(self.identifier)["StatusCode"], last_line

    def read(self, path: str) -> bytes:
        """A file's content, from the stopped container; nothing where there is no such file."""
        try:
            chunks, found = self.engine.get_archive(self.identifier, path)
            archive = BytesIO(b"".join(chunks))
        except APIError:
            return b""
        with tarfile.open(fileobj=archive) as tar:
            return tar.extractfile(found["name"]).read()

    def ran_out_of_memory(self, exit_code: int) -> bool:
        """Whether the container, which ended with this exit code, reached a limit of its memory."""
        if exit_code == contract.HEAP_FULL or self.engine.inspect_container(self.identifier)["State"]["OOMKilled"]:
            return True
        # The engine sometimes learns of the end of a container before it learns why.
        return exit_code == contract.KILLED and self._has_oom_event()

    def _has_oom_event(self) -> bool:
        try:
            events = self.engine.events(
                since=0,
                until=time.time() + OOM_EVENT_SECONDS,
                filters={"container": self.identifier, "event": "oom"},
            )
            found = any(True for _ in events)
        except (DockerException, HTTPError, OSError) as error:  # also those of requests
            self.log.warning("the engine's events could not be read: %s", error)
            return False
        with suppress(OSError):
            events.close()
        return found

    def stop(self) -> None:
        """Ends it with SIGTERM, and soon after with SIGKILL."""
        try:
            self.engine.stop(self.identifier, timeout=STOP_SECONDS)
        except NotFound:
            pass
        except APIError as error:
            self.log.warning("the container could not be stopped: %s", error)

    def remove(self) -> bool:
        """Removes it and its volumes, even where it runs; whether it is gone."""
        try:
            self.engine.remove_container(self.identifier, force=True, v=True)
        except NotFound:
            return True
        except APIError as error:
            self.log.warning("the container %s could not be removed: %s", self.identifier[:12], error)
            return False
        return True
