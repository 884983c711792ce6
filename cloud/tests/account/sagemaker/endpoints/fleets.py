"""A fleet: the containers that answer for one endpoint configuration.

However many instances a variant has, one container answers for them: on one machine more would show nothing more.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
import threading
import time
import urllib.error
import urllib.request
import uuid
from pathlib import Path

from account.common import containers
from account.common.logs import SimulatedLogStream
from account.sagemaker import model_data
from account.sagemaker.models import container as container_of


class FleetFailure(Exception):
    """Why a fleet does not start, as DescribeEndpoint tells it."""


class Fleet:
    def __init__(self, region, endpoint: str, config: dict):
        self._region, self.endpoint, self.config = region, endpoint, config
        self.containers: dict[str, containers.DockerContainer] = {}
        self.unhealthy = region.faults.comes("unhealthy")
        self.midway = False
        # The share of invocations that fail, and how much of it is due.
        self.failing, self._due = region.faults.share(), 0.0
        # Invocations that are under way.
        self._under_way = 0
        self._folders: list[Path] = []
        self._logs: list[SimulatedLogStream] = []

    def start(self) -> None:
        """Starts each variant's container and waits for its health.

        Raises FleetFailure; what was started is stopped then."""
        try:
            for variant in self.config["ProductionVariants"]:
                self._start(variant)
        except FleetFailure:
            self.stop()
            raise
        except Exception as e:
            self.stop()
            raise FleetFailure(f"Request to service failed. {type(e).__name__}: {e}") from e

    def _start(self, variant: dict) -> None:
        name = variant["VariantName"]
        model = self._region.models.by_name.get(variant["ModelName"])
        if model is None:
            raise FleetFailure(f'Could not find model "{self._region.arn("model", variant["ModelName"])}".')
        definition = container_of(model)
        folder = Path(tempfile.mkdtemp(prefix="account-endpoint-"))
        self._folders.append(folder)
        (folder / "model").mkdir()
        folder.chmod(0o755)
        try:
            model_data.fetch(self._region.client("s3"), definition, folder / "model")
        except model_data.BadModelData as e:
            raise FleetFailure(str(e)) from None
        log = SimulatedLogStream(
            self._region.client("logs"),
            f"/aws/sagemaker/Endpoints/{self.endpoint}",
            f"{name}/i-{uuid.uuid4().hex[:17]}",
        )
        self._logs.append(log)
        settings = self._region.settings
        environment = {"AWS_REGION": self._region.region, "AWS_DEFAULT_REGION": self._region.region}
        one = containers.start(
            containers.local(definition["Image"], settings.endpoint_image or settings.image),
            {"arguments": ["serve"], "environment": environment | definition.get("Environment", {})},
            folder,
            log.line,
            serve=True,
        )
        self.containers[name] = one
        limit = variant.get("ContainerStartupHealthCheckTimeoutInSeconds", settings.health_seconds)
        limit = min(limit, settings.health_seconds)
        if self.unhealthy or not healthy(one, limit, self._region.stopping):
            raise FleetFailure(
                f"The primary container for production variant {name} did not pass the ping health check. Please "
                "check CloudWatch logs for this endpoint."
            )

    def fails(self) -> bool:
        """Whether the next invocation is one that a test lets fail."""
        self._due += self.failing
        due = self._due >= 1
        self._due -= due
        return due

    def alive(self) -> bool:
        return all(one.alive() for one in self.containers.values())

    def full(self) -> bool:
        """Whether a serverless variant has as much to do as it may have at once."""
        limit = self.config["ProductionVariants"][0].get("ServerlessConfig", {}).get("MaxConcurrency")
        return limit is not None and self._under_way >= limit

    @contextlib.contextmanager
    def busy(self):
        """While this goes on, the fleet does not end."""
        with self._region.lock:
            self._under_way += 1
        try:
            yield
        finally:
            with self._region.lock:
                self._under_way -= 1

    def drain(self) -> None:
        """Waits for the invocations that are under way; no new ones may come."""
        until = time.monotonic() + self._region.settings.invocation_seconds
        while self._under_way and time.monotonic() < until and not self._region.stopping.is_set():
            time.sleep(0.01)

    def stop(self) -> None:
        for one in self.containers.values():
            one.terminate()
        for one in self.containers.values():
            one.remove()
        for log in self._logs:
            log.close()
        for folder in self._folders:
            shutil.rmtree(folder, ignore_errors=True)


def healthy(one, seconds: float, stopping: threading.Event) -> bool:
    """Whether /ping answers 200 in time; a container that ended will not."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and one.alive() and not stopping.is_set():
        try:
            with urllib.request.urlopen(f"{one.url}/ping", timeout=2) as answer:
                if answer.status == 200:
                    return True
        except (OSError, urllib.error.HTTPError):
            pass
        time.sleep(0.05)
    return False
