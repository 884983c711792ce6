"""The stack's settings, kept from its first start on: ports, keys, where tasks run."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from stack import paths
from stack.configuration.requested import Requested
from stack.datasets import SYNTHETIC, current_name, dataset_names
from stack.failure import Failure

MONITORING_PORTS = {"PROMETHEUS_PORT": 9090, "ALERTMANAGER_PORT": 9093, "BLACKBOX_PORT": 9115}
"""Ports that are in use with monitoring alone."""

DEFAULT_PORTS = {"AIRFLOW_PORT": 8080, "MLFLOW_PORT": 5000, "S3_PORT": 9000, **MONITORING_PORTS}
DEFAULT_ENDPOINT_PORT = 8081
SYNTHETIC_OFFSET = 100
"""An endpoint of synthetic rows listens this far above the dataset's own."""

BACKUP_OFFSET = 200
"""A second server of an endpoint listens this far above the first."""

BUCKET = "propensity"
REGION = "us-east-1"
USER = "admin"


@dataclass(frozen=True)
class Settings:
    """What a start decides and every later command reads."""

    ports: dict[str, int]
    endpoints: dict[str, int] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    runner: str = "process"
    backup: bool = False
    """Whether each endpoint has a second server, which its page uses when the first does not respond."""
    capture: bool = False
    """Whether the endpoints capture the rows that they score even if the dataset's file has no section for it."""
    monitoring: bool = False
    """Whether Prometheus, Alertmanager and the blackbox exporter watch the endpoints."""

    @property
    def airflow_url(self) -> str:
        return f"http://127.0.0.1:{self.ports['AIRFLOW_PORT']}"

    @property
    def mlflow_url(self) -> str:
        return f"http://127.0.0.1:{self.ports['MLFLOW_PORT']}"

    @property
    def s3_url(self) -> str:
        return f"http://127.0.0.1:{self.ports['S3_PORT']}"

    @property
    def monitoring_urls(self) -> dict[str, str]:
        """The addresses of the programs that watch the endpoints, by name; none without monitoring."""
        names = {"prometheus": "PROMETHEUS_PORT", "alertmanager": "ALERTMANAGER_PORT", "blackbox": "BLACKBOX_PORT"}
        return {name: f"http://127.0.0.1:{self.ports[port]}" for name, port in names.items() if self.monitoring}

    @property
    def used_ports(self) -> dict[str, int]:
        """The ports of the programs, except the endpoints', by variable."""
        return {name: port for name, port in self.ports.items() if self.monitoring or name not in MONITORING_PORTS}

    @property
    def endpoint_urls(self) -> dict[str, str]:
        return {name: f"http://127.0.0.1:{port}" for name, port in sorted(self.endpoints.items())}

    @property
    def servers(self) -> dict[str, int]:
        """The port of each server of an endpoint, the second ones among them."""
        seconds = {f"{name}-backup": port + BACKUP_OFFSET for name, port in self.endpoints.items() if self.backup}
        return self.endpoints | seconds

    @property
    def first_endpoint_port(self) -> int:
        return min(self.endpoints.values(), default=DEFAULT_ENDPOINT_PORT)

    @property
    def requestable(self) -> dict[str, str | int]:
        """What only a start of the whole stack changes, by the variable that requests it."""
        return {"RUNNER": self.runner, **self.used_ports, "ENDPOINT_PORT": self.first_endpoint_port}

    @property
    def store(self) -> str:
        return f"s3://{BUCKET}/store"

    @property
    def password(self) -> str:
        return self.keys["airflow_password"]

    def save(self) -> None:
        paths.write_private(_file(), json.dumps(asdict(self), indent=2))


def _file() -> Path:
    return paths.STATE / "settings.json"


def stack_id() -> str:
    """Distinguishes this stack's processes and containers from those of another checkout."""
    return hashlib.sha256(str(paths.STATE).encode()).hexdigest()[:12]


def load() -> Settings | None:
    """The settings that the last start kept, or nothing before the first."""
    kept = paths.text(_file())
    if not kept:
        return None
    settings = Settings(**json.loads(kept))
    endpoints = {current_name(name): port for name, port in settings.endpoints.items()}
    return replace(settings, ports=DEFAULT_PORTS | settings.ports, endpoints=endpoints)


def resolve(wanted: Requested) -> Settings:
    """The kept settings, or those of a first start, with what the command requests."""
    kept = load() or Settings(ports=dict(DEFAULT_PORTS), keys=_new_keys())
    ports = {name: wanted.port(name) or port for name, port in kept.ports.items()}
    return with_endpoints(replace(kept, ports=ports), wanted)


def with_endpoints(settings: Settings, wanted: Requested) -> Settings:
    """Gives each dataset its two ports, which it keeps; a new one gets the next that is free.

    A requested backup gives each a second server from now on, or removes it.
    """
    endpoints = dict(settings.endpoints)
    base = wanted.port("ENDPOINT_PORT") or settings.first_endpoint_port
    if base != settings.first_endpoint_port:
        endpoints = {}
    for name in dataset_names():
        if name not in endpoints:
            port = base
            while port in endpoints.values():
                port += 1
            if port >= base + SYNTHETIC_OFFSET:
                raise Failure(f"more than {SYNTHETIC_OFFSET} datasets in {paths.DATASETS}", 2)
            endpoints |= {name: port, f"{name}{SYNTHETIC}": port + SYNTHETIC_OFFSET}
    backup = settings.backup if wanted.backup is None else wanted.backup
    capture = settings.capture if wanted.capture is None else wanted.capture
    monitoring = settings.monitoring if wanted.monitoring is None else wanted.monitoring
    ports = settings.ports | {name: port for name in MONITORING_PORTS if (port := wanted.port(name))}
    keys = {"capture": _new_capture_key(), **settings.keys}
    return replace(
        settings,
        ports=ports,
        endpoints=endpoints,
        backup=backup,
        capture=capture,
        monitoring=monitoring,
        keys=keys,
    )


def _new_capture_key() -> str:
    """The key of the captured identifiers' HMAC; a stack of an earlier version gets it at its next start."""
    return base64.b64encode(secrets.token_bytes(32)).decode()


def _new_keys() -> dict[str, str]:
    return {
        "airflow_password": secrets.token_urlsafe(12),
        "airflow_fernet": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "airflow_secret": secrets.token_hex(32),
        "airflow_jwt": secrets.token_hex(32),
        "s3_id": secrets.token_hex(10),
        "s3_secret": secrets.token_hex(20),
    }
