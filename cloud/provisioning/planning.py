"""A stage's plan: created, kept for Terraform and as a text, and applied."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

from cloud.provisioning.terraform import Terraform, work_folder
from cloud.stage import PROJECT
from stack.failure import Failure


def folder(stage: str) -> str:
    """The stage's folder below terraform/."""
    return f"environments/{stage}"


def text(stage: str) -> Path:
    """The stage's last plan for people, beside the one for Terraform; it may not be there."""
    return work_folder(stage, folder(stage)) / "plan.txt"


def short_path(file: Path) -> str:
    """A file's path, relative to the project's folder where it is in it."""
    return str(file.relative_to(PROJECT) if file.is_relative_to(PROJECT) else file)


def plan(stage: Terraform, image: str | None = None, *, silent: bool = False) -> None:
    """Plans an initialized stage, and keeps the plan; shows it unless ``silent``.

    Raises:
        Failure: where it cannot be planned; then no plan is kept
    """
    delete_plan(stage)
    stage.run("plan", f"-out={stage.plan}", *stage.variables(), *_image(stage, image), silent=silent)
    text(stage.account.stage).write_text(stage.capture("show", str(stage.plan)), encoding="utf-8")


def content(stage: Terraform) -> dict[str, Any]:
    """The kept plan, as terraform show -json prints it."""
    return json.loads(stage.capture("show", "-json", str(stage.plan)))


def apply(stage: Terraform) -> None:
    """Applies the kept plan; its text stays, to be read.

    Raises:
        Failure: where it fails
    """
    stage.run("apply", str(stage.plan))
    # A plan can be applied only once.
    stage.plan.unlink()


def delete_plan(stage: Terraform) -> None:
    """Deletes the plan, if there is one."""
    stage.plan.unlink(missing_ok=True)
    text(stage.account.stage).unlink(missing_ok=True)


def _image(stage: Terraform, given: str | None) -> list[str]:
    """The option for the given image; without one, the one applied last stays."""
    if given and not re.search(r"@sha256:[0-9a-f]{64}$", given):
        raise Failure(f"IMAGE={given}: must be an image with its digest, …@sha256:…, as make image-push prints it", 2)
    if not given and os.environ.get("TF_VAR_image"):  # noqa: SIM112
        return []
    image = given or stage.outputs().get("sagemaker", {}).get("image")
    return [f"-var=image={image}"] if image else []
