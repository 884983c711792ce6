"""How fast the account's time runs, and what it may use."""

from __future__ import annotations

from dataclasses import dataclass, field

ACCOUNT = "123456789012"
REGION = "eu-west-1"


@dataclass
class SimulatedSettings:
    """A step is what SageMaker calls a minute: waits, alarms and scaling are that much faster than on AWS.

    What a container really does keeps its real time: the time limits of a training job, of a health check and of
    an invocation, and the grace between SIGTERM and SIGKILL.
    """

    # The image that stands for every image of the account's own registry; process:FILE runs a Python file instead.
    image: str = "propensity"
    # The same for the containers of endpoints alone; none: that image.
    endpoint_image: str | None = None
    # Real seconds that a minute of SageMaker's lasts.
    step: float = 0.2
    # Real seconds for a container's first good answer to /ping, unless the variant says otherwise.
    health_seconds: float = 90
    # Real seconds from SIGTERM to SIGKILL of a training job.
    grace_seconds: float = 120
    # Real seconds for an invocation.
    invocation_seconds: float = 60
    # The most instances of one type, by usage: "endpoint", "training job".
    limits: dict[str, int] = field(default_factory=lambda: {"endpoint": 20, "training job": 20})

    def real(self, seconds: float) -> float:
        """How long these seconds of SageMaker's last here."""
        return seconds * self.step / 60
