"""Prometheus, Alertmanager and the blackbox exporter, which watch the endpoints: what they read, and how they start."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from stack import paths
from stack.configuration.settings import BACKUP_OFFSET, Settings
from stack.failure import Failure

FOLDER = paths.PROJECT / "monitoring"
"""The rules, and the examples that are the configuration of the local stack."""

BINARIES = {
    "prometheus": ("prometheus",),
    "alertmanager": ("prometheus-alertmanager", "alertmanager"),
    "blackbox": ("prometheus-blackbox-exporter", "blackbox_exporter"),
}
"""The programs' files: Debian's names, and the projects' own."""

PACKAGES = "prometheus prometheus-alertmanager prometheus-blackbox-exporter"
DAYS = 15
"""Days that samples are kept; the longest window of the rules has three."""


def binary(name: str) -> str | None:
    """Where the program is: in the path, or where .ci/prometheus unpacked it; nothing where it is not installed."""
    unpacked = str(paths.ENVIRONMENTS / "prometheus" / "usr" / "bin")
    path = os.pathsep.join((os.environ.get("PATH", os.defpath), unpacked))
    return next((found for each in BINARIES.get(name, (name,)) if (found := shutil.which(each, path=path))), None)


def check_installed() -> None:
    """Checks that all programs are installed.

    Raises:
        Failure: where one is not
    """
    missing = [name for name in BINARIES if binary(name) is None]
    if missing:
        raise Failure(
            f"MONITORING=1, but {', '.join(missing)} cannot be found; Debian and Ubuntu: apt-get install {PACKAGES}; "
            "or start without: MONITORING=0",
            2,
        )


def files(settings: Settings) -> dict[Path, str]:
    """What the programs read beside the files of the project: Prometheus' configuration, and the endpoints."""
    return {
        _configuration(): json.dumps(_prometheus(settings), indent=2),
        _targets(): json.dumps(_endpoints(settings), indent=2),
    }


def commands(settings: Settings) -> dict[str, tuple[str, ...]]:
    """The words that start each program, by name."""
    data = paths.STATE / "monitoring"
    found = {name: binary(name) or names[0] for name, names in BINARIES.items()}
    listen = {name: f"--web.listen-address={urlsplit(url).netloc}" for name, url in settings.monitoring_urls.items()}
    return {
        "prometheus": (
            found["prometheus"],
            f"--config.file={_configuration()}",
            f"--storage.tsdb.path={data / 'prometheus'}",
            f"--storage.tsdb.retention.time={DAYS}d",
            "--storage.tsdb.retention.size=512MB",
            listen["prometheus"],
        ),
        "alertmanager": (
            found["alertmanager"],
            f"--config.file={FOLDER / 'alertmanager.yml'}",
            f"--storage.path={data / 'alertmanager'}",
            # Without others of its kind: else it listens on all interfaces.
            "--cluster.listen-address=",
            listen["alertmanager"],
        ),
        "blackbox": (found["blackbox"], f"--config.file={FOLDER / 'blackbox.yml'}", listen["blackbox"]),
    }


def version(settings: Settings) -> str:
    """Changes with what a program reads at its start alone, so that it is started again then."""
    read = [*sorted(FOLDER.glob("rules/*.yml")), FOLDER / "alertmanager.yml", FOLDER / "blackbox.yml"]
    content = [file.read_bytes() for file in read] + [files(settings)[_configuration()].encode()]
    return hashlib.sha256(b"\0".join(content)).hexdigest()[:12]


def _configuration() -> Path:
    return paths.STATE / "monitoring" / "prometheus.yml"


def _targets() -> Path:
    return paths.STATE / "monitoring" / "endpoints.json"


def _prometheus(settings: Settings) -> dict[str, Any]:
    """The example with the stack's ports and folders."""
    import yaml

    example = yaml.safe_load((FOLDER / "prometheus.yml").read_text(encoding="utf-8"))
    hosts = {name: urlsplit(url).netloc for name, url in settings.monitoring_urls.items()}
    example["rule_files"] = [str(FOLDER / "rules" / "*.yml")]
    example["alerting"]["alertmanagers"] = [{"static_configs": [{"targets": [hosts["alertmanager"]]}]}]
    for job in example["scrape_configs"]:
        job["file_sd_configs"] = [{"files": [str(_targets())]}]
        for rule in job.get("relabel_configs", []):
            if rule["target_label"] == "__address__":
                rule["replacement"] = hosts["blackbox"]
    return example


def _endpoints(settings: Settings) -> list[dict[str, Any]]:
    offsets = (0, BACKUP_OFFSET) if settings.backup else (0,)
    return [
        {"targets": [f"127.0.0.1:{port + offset}" for offset in offsets], "labels": {"endpoint": name}}
        for name, port in sorted(settings.endpoints.items())
    ]
