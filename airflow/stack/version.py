"""The project's version."""

from __future__ import annotations

import re

from stack import paths


def version() -> str:
    """The version in pom.xml."""
    found = re.search(r"<version>(.+?)</version>", paths.text(paths.PROJECT / "pom.xml") or "")
    return found.group(1) if found else "unknown"
