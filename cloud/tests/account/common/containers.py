"""Containers as SageMaker runs them, of a Docker Engine; or, for quick tests, a Python file that acts as one."""

from __future__ import annotations

import contextlib
import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import docker

# Of an account's own registry: what the one local image stands for.
REGISTRY = re.compile(r"\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com/.+")
PROCESS = "process:"
LABEL = "propensity.account"
Log = Callable[[str], None]


class NoEngine(Exception):
    """No Docker Engine answers."""


def local(image: str, stand_in: str) -> str:
    """The local image that an image's name means."""
    return stand_in if REGISTRY.fullmatch(image) else image


def start(image: str, command: dict, folder: Path, log: Log, *, serve: bool):
    """Starts it, with the folder as its /opt/ml.

    The command has arguments, entrypoint (or none) and environment. One that serves sees its model read-only and
    has a network of its own, of which port 8080 is reached from this machine alone; one that trains is in this
    machine's network, so that it reaches the account on 127.0.0.1.
    """
    if image.startswith(PROCESS):
        return ProcessContainer(Path(image.removeprefix(PROCESS)), command, folder, log)
    return DockerContainer(image, command, folder, log, serve=serve)


def reap() -> None:
    """Removes the containers of accounts whose process is gone: one that was killed could not."""
    with contextlib.suppress(docker.errors.DockerException):
        for one in docker.from_env(timeout=60).containers.list(all=True, filters={"label": LABEL}):
            if not Path("/proc", one.labels[LABEL]).exists():
                one.remove(v=True, force=True)


class DockerContainer:
    def __init__(self, image: str, command: dict, folder: Path, log: Log, *, serve: bool):
        try:
            engine = docker.from_env(timeout=180)
            engine.ping()
        except docker.errors.DockerException as e:
            raise NoEngine(f"no Docker Engine responds, which SageMaker's containers need here: {e}") from None
        if serve:
            place = {"ports": {"8080/tcp": ("127.0.0.1", None)}}
            volumes = {str(folder / "model"): {"bind": "/opt/ml/model", "mode": "ro"}}
        else:
            place = {"network_mode": "host"}
            volumes = {str(folder): {"bind": "/opt/ml", "mode": "rw"}}
        self._container = engine.containers.run(
            image,
            command["arguments"],
            entrypoint=command.get("entrypoint"),
            environment=command["environment"],
            volumes=volumes,
            labels={LABEL: str(os.getpid())},
            detach=True,
            **place,
        )
        self.url = self._url() if serve else None
        self._follower = follow(lambda: self._container.logs(stream=True, follow=True), log)

    def _url(self) -> str:
        self._container.reload()
        port = self._container.attrs["NetworkSettings"]["Ports"]["8080/tcp"][0]["HostPort"]
        return f"http://127.0.0.1:{port}"

    def alive(self) -> bool:
        with contextlib.suppress(docker.errors.APIError):
            self._container.reload()
            return self._container.status in ("created", "running")
        return False

    def wait(self) -> int:
        """Its exit code, once it ends."""
        code = self._container.wait(timeout=None)["StatusCode"]
        self._follower.join(10)
        return code

    def terminate(self) -> None:
        with contextlib.suppress(docker.errors.APIError):
            self._container.kill("SIGTERM")

    def kill(self) -> None:
        with contextlib.suppress(docker.errors.APIError):
            self._container.kill()

    def remove(self) -> None:
        with contextlib.suppress(docker.errors.APIError):
            self._container.remove(v=True, force=True)


class ProcessContainer:
    """A Python file with the arguments of a container; OPT_ML names the folder that stands for /opt/ml."""

    def __init__(self, file: Path, command: dict, folder: Path, log: Log):
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        environment = command["environment"] | {"OPT_ML": str(folder), "PORT": str(port), "PYTHONUNBUFFERED": "1"}
        self._process = subprocess.Popen(
            [sys.executable, str(file), *(command.get("entrypoint") or []), *command["arguments"]],
            env={"PATH": os.environ["PATH"], **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        self._follower = follow(lambda: self._process.stdout, log)

    def alive(self) -> bool:
        return self._process.poll() is None

    def wait(self) -> int:
        code = self._process.wait()
        self._follower.join(10)
        # As Docker tells it of a process that a signal ended.
        return 128 - code if code < 0 else code

    def terminate(self) -> None:
        self._process.terminate()

    def kill(self) -> None:
        self._process.kill()

    def remove(self) -> None:
        self._process.kill()
        self._process.wait()


def follow(stream: Callable, log: Log) -> threading.Thread:
    """Hands on each line as it comes."""

    def read():
        rest = b""
        with contextlib.suppress(docker.errors.APIError, OSError, ValueError):
            for part in stream():
                *lines, rest = (rest + part).split(b"\n")
                for line in lines:
                    log(line.decode(errors="replace"))
        if rest:
            log(rest.decode(errors="replace"))

    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    return thread


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
