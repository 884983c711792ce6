"""Messages name make's targets and variables; here they become commands and options of the command line."""

from __future__ import annotations

import re

TARGETS = {
    "start": "stack start",
    "stop": "stack stop",
    "status": "stack status",
    "env": "stack env",
    "endrun": "stack end-run",
    "prune": "stack prune",
    "purge": "stack purge",
    "mlflow": "stack mlflow",
    "build": "dev build",
    "image": "dev image",
    "stagemodel": "model stage",
    "checkmodelhash": "model check",
    "create_dev_setup": "cloud create-dev-setup",
    "copy_data_to_s3": "cloud copy-data-to-s3",
    "delete_resources": "cloud delete-resources",
    **{
        name: f"cloud {name}"
        for name in (
            "deploy",
            "image-push",
            "image-scan",
            "infra-apply",
            "infra-bootstrap",
            "infra-destroy",
            "infra-output",
            "infra-plan",
        )
    },
    **{name: name for name in ("run", "experiment", "predict", "invoke", "defaults", "promote", "rollback", "history")},
}
"""Commands by the targets that messages name."""

FLAGS = {"YES=1": "--yes", "BACKUP=1": "--backup", "BACKUP=0": "--no-backup", "REGISTRY=1": "--registry"}

_TARGET = re.compile(rf"\bmake ({'|'.join(sorted(map(re.escape, TARGETS), key=len, reverse=True))})(?![\w-])")
_FLAG = re.compile(rf"\b(?:{'|'.join(FLAGS)})\b")
# Settings of the environment are no options.
_SETTING = "AWS|CI|DOCKER|DOCKERHUB|GITHUB|GRYPE|KAGGLE|MAVEN|MLFLOW|PROPENSITY|PYTHON|TERRAFORM|TF"
_VARIABLE = re.compile(rf"(?<![\w$-])(?!(?:{_SETTING})[_=])([A-Z][A-Z_]*[A-Z])=(?=(\S)?)")


def as_options(text: str) -> str:
    """The message as one who types options reads it: ``--data /nope.csv: no such file``."""
    text = _TARGET.sub(lambda match: f"./propensity {TARGETS[match[1]]}", text)
    text = _FLAG.sub(lambda match: FLAGS[match[0]], text)
    text = _VARIABLE.sub(lambda match: _option(match[1]) + (" " if match[2] else ""), text)
    return re.sub(r"^(RUNNER|BACKUP|[A-Z0-9]+_PORT)(?= must be )", lambda match: _option(match[1]), text)


def _option(variable: str) -> str:
    return "--" + variable.lower().replace("_", "-")
