"""Known vulnerabilities of the task image."""

from __future__ import annotations

import os
import shutil
import subprocess

from botocore.exceptions import ClientError, WaiterError

from cloud.account import Account, Target, verified_account
from cloud.image.images import DEFAULT_IMAGE, local_image, version
from cloud.messages import counted
from stack.failure import Failure

SEVERITIES = ("negligible", "low", "medium", "high", "critical")
INSTALL = "https://oss.anchore.com/docs/installation/grype/"


def image_scan(target: Target, image: str | None = None, named: str | None = None, severity: str | None = None) -> int:
    """Scans the image on this machine by Grype, or where a stage is named shows what ECR found in the pushed one.

    The exit code is 1 where there is a finding of the severity (high) or more; Grype counts those that a newer
    version fixes, ECR does not report.
    """
    severity = severity or "high"
    if severity not in SEVERITIES:
        raise Failure(f"SEVERITY={severity}: one of {', '.join(SEVERITIES)}", 2)
    if target.stage:
        return _by_registry(verified_account(target), named, severity)
    grype = shutil.which(os.environ.get("GRYPE") or "grype")
    if grype is None:
        raise Failure(
            f"grype is not installed: {INSTALL}, or set GRYPE=path; or show ECR's scan with STAGE=dev|uat|prod", 2
        )
    local_image(image)
    command = [grype, f"docker:{image or DEFAULT_IMAGE}", "--only-fixed", "--fail-on", severity]
    return int(subprocess.run(command, check=False).returncode != 0)


def _by_registry(account: Account, named: str | None, severity: str) -> int:
    ecr, tag = account.client("ecr"), version(named)
    request = {"repositoryName": f"propensity-{account.stage}", "imageId": {"imageTag": tag}}
    name = f"{request['repositoryName']}:{tag}"
    try:
        ecr.get_waiter("image_scan_complete").wait(**request)
        pages = ecr.get_paginator("describe_image_scan_findings").paginate(**request)
        findings = [finding for page in pages for finding in page["imageScanFindings"].get("findings", [])]
    except (ClientError, WaiterError) as error:
        answer = error.last_response if isinstance(error, WaiterError) else error.response
        code = (answer.get("Error") or {}).get("Code")
        if code == "RepositoryNotFoundException":
            raise Failure(
                f"there is no image repository {request['repositoryName']}: {account.not_created_message}", 2
            ) from error
        if code == "ImageNotFoundException":
            hint = f"make image-push STAGE={account.stage}"
            raise Failure(f"no image {tag} in {request['repositoryName']}: {hint}", 2) from error
        raise Failure(f"ECR has no scan of {name}: {error}", 1) from error
    severe = set(SEVERITIES[SEVERITIES.index(severity) :])
    found = sorted((finding["severity"].lower(), finding["name"]) for finding in findings)
    for level, vulnerability in found:
        print(f"{level:12}{vulnerability}")
    some = sum(level in severe for level, _ in found)
    print(f"{name}: {counted(len(found), 'finding')}, {some} of severity {severity} or higher")
    return int(any(level in severe for level, _ in found))
