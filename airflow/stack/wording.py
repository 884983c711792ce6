"""Commands and variables in messages, as the user typed them: make's, or those of the command line.

Messages are written with the targets and variables of make; ``as_typed`` turns them into commands and options where
those were typed. Standard library only.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable

options_typed = False
"""Whether the user typed ./propensity, and not make."""

TARGETS = {
    "init": "init",
    "run": "run",
    "predict": "predict",
    "invoke": "invoke",
    "status": "stack status",
    "stop": "stack stop",
    "test": "dev test",
    "experiment": "experiment",
    "defaults": "defaults",
    "promote": "promote",
    "rollback": "rollback",
    "history": "history",
    "verify": "verify",
    "monitor": "monitor",
    "accept": "accept",
    "outcomes": "outcomes",
    "performance": "performance",
    "forget": "forget",
    "start": "stack start",
    "endrun": "stack end-run",
    "env": "stack env",
    "mlflow": "stack mlflow",
    "prune": "stack prune",
    "purge": "stack purge",
    "infra-bootstrap": "cloud infra-bootstrap",
    "infra-plan": "cloud infra-plan",
    "infra-apply": "cloud infra-apply",
    "infra-output": "cloud infra-output",
    "image-push": "cloud image-push",
    "image-scan": "cloud image-scan",
    "sbom": "cloud sbom",
    "deploy": "cloud deploy",
    "deploy-summary": "cloud deploy-summary",
    "infra-destroy": "cloud infra-destroy",
    "rehearsal": "cloud rehearsal",
    "infra-comment": "cloud infra-comment",
    "image-save": "dev image-save",
    "image-load": "dev image-load",
    "build": "dev build",
    "image": "dev image",
    "package": "dev package",
    "faults": "dev faults",
    "test-aws": "dev test-aws",
    "notebook": "dev notebook",
    "notebook-output": "dev notebook-output",
    "bench": "dev bench",
    "mutation": "dev mutation",
    "check": "dev check",
    "format": "dev format",
    "clean": "dev clean",
    "environments": "dev environments",
    "lock": "dev lock",
    "train": "run",
    "kfolds": "data folds",
    "traincv": "experiment --release=challenger",
    "predictcv": "predict --last-experiment",
    "fulltrainpred": "experiment --predict",
    "ask": "invoke",
    "datafetch": "data fetch",
    "download_data": "data fetch",
    "stagemodel": "model stage",
    "checkmodelhash": "model check",
    "start_mlflow_server": "stack mlflow --start",
    "runserver": "stack endpoint",
    "runstreamlit": "stack endpoint --page",
    "create_dev_setup": "cloud create-dev-setup",
    "copy_data_to_s3": "cloud copy-data-to-s3",
    "delete_resources": "cloud delete-resources",
}
"""Commands by their targets of make."""

VARIABLES = (
    "DATA",
    "DATASET",
    "LABEL",
    "NAME",
    "COMPARE",
    "TEST",
    "LEARNER",
    "LEARNERS",
    "PARAMETERS",
    "SEARCH",
    "FOLDS",
    "TRIALS",
    "SEED",
    "RANK",
    "CANDIDATE",
    "RELEASE",
    "FORCE",
    "VERSION",
    "WINDOW",
    "WHO",
    "WHY",
    "URI",
    "ENDPOINT",
    "RUN",
    "RUNNER",
    "BACKUP",
    "CAPTURE",
    "MONITORING",
    "AIRFLOW_PORT",
    "MLFLOW_PORT",
    "S3_PORT",
    "ENDPOINT_PORT",
    "PROMETHEUS_PORT",
    "ALERTMANAGER_PORT",
    "BLACKBOX_PORT",
    "DAYS",
    "KEEP",
    "YES",
    "STAGE",
    "ACCOUNT",
    "REGION",
    "IMAGE",
    "IMAGE_URI",
    "BASE_IMAGE",
    "SEVERITY",
    "REGISTRY",
    "POLICY",
    "SLOW",
    "N",
    "ONLY",
)
"""The variables of make that are options."""

FLAGS = {
    "YES=1": "--yes",
    "BACKUP=1": "--backup",
    "BACKUP=0": "--no-backup",
    "CAPTURE=1": "--capture",
    "CAPTURE=0": "--no-capture",
    "MONITORING=1": "--monitoring",
    "MONITORING=0": "--no-monitoring",
    "REGISTRY=1": "--registry",
    "SLOW=1": "--slow",
    "COMPARE=1": "--compare",
}

_TARGET = re.compile(rf"\bmake ({'|'.join(sorted(map(re.escape, TARGETS), key=len, reverse=True))})(?![\w-])")
_FLAG = re.compile(rf"(?<![\w$/?&=.-])(?:{'|'.join(FLAGS)})\b")
# Neither a setting of the environment, such as AWS_REGION=, nor a part of an address or a path.
_VARIABLE = re.compile(rf"(?<![\w$/?&=.-])({'|'.join(VARIABLES)})=(?=(\S)?)")
_MUST_BE = re.compile(rf"^({'|'.join(VARIABLES)})(?= must be )")


def command(target: str, **variables: str) -> str:
    """A command to paste: ``make prune YES=1``, or ``./propensity stack prune --yes``."""
    if not options_typed:
        words = [_quoted(f"{name}={value}") for name, value in variables.items()]
        return " ".join(["make", target, *words])
    words = []
    for name, value in variables.items():
        flag = FLAGS.get(f"{name}={value}")
        words.append(flag or f"{_option(name)} {_quoted(value)}")
    return " ".join(["./propensity", TARGETS[target], *words])


def as_typed(text: str, values: Iterable[str] = ()) -> str:
    """The message with make's words, or with those of the command line where these were typed."""
    return as_options(text, values) if options_typed else text


def as_options(text: str, values: Iterable[str] = ()) -> str:
    """The message as one who types options reads it: ``--data /nope.csv: no such file``.

    Args:
        values: what the user typed, which stays as it is
    """
    # The longest first, since one may be a part of another.
    kept = sorted({value for value in values if "=" in value or "make " in value}, key=len, reverse=True)
    for number, value in enumerate(kept):
        text = text.replace(value, f"\0{number}\0")
    text = _TARGET.sub(lambda match: f"./propensity {TARGETS[match[1]]}", text)
    text = _FLAG.sub(lambda match: FLAGS[match[0]], text)
    text = _VARIABLE.sub(lambda match: _option(match[1]) + (" " if match[2] else ""), text)
    text = _MUST_BE.sub(lambda match: _option(match[1]), text)
    return re.sub("\0([0-9]+)\0", lambda match: kept[int(match[1])], text)


def values(arguments: Iterable[str]) -> list[str]:
    """The values among a command's arguments: words that are no options, and what follows an option's ``=``."""
    return [word.partition("=")[2] if word.startswith("--") else word for word in arguments]


def _option(variable: str) -> str:
    return "--containers" if variable == "N" else "--" + variable.lower().replace("_", "-")


def _quoted(word: str) -> str:
    """The word for a shell; the mark of a value to fill in stays as it is."""
    return word if word.endswith("…") else shlex.quote(word)
