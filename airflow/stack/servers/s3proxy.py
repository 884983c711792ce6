"""The S3 server s3proxy on folders of this machine: what it reads, and how it starts."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from stack import paths


def properties(url: str, folder: Path, identity: str, secret: str) -> str:
    """The server's settings: each folder within is a bucket, and one key opens all."""
    return "\n".join(
        (
            f"s3proxy.endpoint={url}",
            "s3proxy.authorization=aws-v2-or-v4",
            f"s3proxy.identity={identity}",
            f"s3proxy.credential={secret}",
            "jclouds.provider=filesystem-nio2",
            f"jclouds.identity={identity}",
            f"jclouds.credential={secret}",
            f"jclouds.filesystem.basedir={folder}",
            "",
        )
    )


def command(settings: Path, libraries: Path = paths.S3_SERVER) -> tuple[str, ...]:
    """The words that start it with this file of settings."""
    return (
        "java",
        "-Xmx256m",
        "-XX:+UseSerialGC",
        f"-Dlogback.configurationFile={paths.PROJECT}/airflow/s3proxy/logback.xml",
        f"--class-path={libraries}/*",
        "org.gaul.s3proxy.Main",
        f"--properties={settings}",
    )


def main(url: str, folder: str, identity: str, secret: str) -> None:
    """Becomes the server, for scripts: python -m stack.servers.s3proxy URL FOLDER KEY SECRET."""
    settings = Path(f"{folder}.properties")
    paths.write_private(settings, properties(url, Path(folder), identity, secret))
    words = command(settings)
    os.execvp(words[0], words)  # noqa: S606


if __name__ == "__main__":
    main(*sys.argv[1:])
