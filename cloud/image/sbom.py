"""A software bill of materials (SBOM) of the task image, created by Syft in the CycloneDX format."""

from __future__ import annotations

import json
import os
import subprocess
import uuid
from pathlib import Path
from typing import Any

from cloud.image.images import DEFAULT_IMAGE, local_image
from cloud.stage import PROJECT
from stack.failure import Failure

FILE = PROJECT / "build" / "sbom.cdx.json"


def sbom(image: str | None = None) -> None:
    """Writes build/sbom.cdx.json: each Debian package and jar of the image, the same bytes for the same image."""
    local_image(image)
    environments = os.environ.get("PROPENSITY_ENVIRONMENTS") or PROJECT / ".propensity" / "environments"
    syft = Path(environments, "sbom", "bin", "syft")
    done = subprocess.run(
        [syft, "scan", f"docker:{image or DEFAULT_IMAGE}", "--output", "cyclonedx-json", "--quiet"],
        env=os.environ | {"SYFT_CHECK_FOR_APP_UPDATE": "false"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Failure(f"syft cannot list the image's components: {done.stderr.strip()}", 1)
    bill = reproducible(json.loads(done.stdout))
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(json.dumps(bill, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{FILE.relative_to(PROJECT)}: {len(bill['components'])} components")


def reproducible(bill: dict[str, Any]) -> dict[str, Any]:
    """The bill without its time, and with a serial number that follows from its content."""
    metadata = {key: value for key, value in bill["metadata"].items() if key != "timestamp"}
    content = bill | {"metadata": metadata, "serialNumber": ""}
    serial = uuid.uuid5(uuid.NAMESPACE_OID, json.dumps(content, sort_keys=True))
    return content | {"serialNumber": f"urn:uuid:{serial}"}
