"""A registry for images on this machine: Debian's docker-registry, which asks for ECR's user and token."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

PASSWORD = "123456789012-auth-token"
"""The one that moto's ECR hands out."""

# bcrypt of the password.
HTPASSWD = "AWS:$2y$04$abcdefghijklmnopqrstuu/cMn6kFoLFEf9ShbIPSVtJoiKQtizZG\n"


def program() -> str | None:
    """Where docker-registry is: in the path, or where .ci/registry unpacked it."""
    environments = os.environ.get("PROPENSITY_ENVIRONMENTS") or Path(__file__).parents[2] / ".propensity/environments"
    return shutil.which("docker-registry") or shutil.which(Path(environments, "registry", "usr/bin/docker-registry"))


@contextlib.contextmanager
def running(folder: Path) -> Iterator[str]:
    """Runs one that keeps its images in the folder; its host and port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    folder.joinpath("htpasswd").write_text(HTPASSWD)
    settings = folder / "registry.yml"
    settings.write_text(
        f"version: 0.1\nlog: {{level: warn}}\nhttp: {{addr: '{address}'}}\n"
        f"storage: {{filesystem: {{rootdirectory: '{folder}/images'}}}}\n"
        f"auth: {{htpasswd: {{realm: tests, path: '{folder}/htpasswd'}}}}\n"
    )
    with folder.joinpath("log").open("w") as log:
        server = subprocess.Popen([program(), "serve", settings], stdout=log, stderr=log)
    try:
        _wait(address, server)
        yield address
    finally:
        server.terminate()
        server.wait()


def _wait(address: str, server: subprocess.Popen) -> None:
    host, _, port = address.partition(":")
    until = time.monotonic() + 60
    while server.poll() is None and time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection((host, int(port)), 1):
            return
        time.sleep(0.1)
    raise RuntimeError("docker-registry does not start")
