"""Runs one of the AWS side's commands: python -m cloud infra_plan."""

from __future__ import annotations

import sys
from importlib import import_module

from cloud.failure import Failure

COMMANDS = {
    "copy_data_to_s3": "data",
    "create_dev_setup": "infrastructure",
    "delete_resources": "teardown",
    "deploy": "deploying",
    "deploy_summary": "overview",
    "history": "deploying",
    "image_push": "images",
    "image_scan": "scanning",
    "infra_apply": "infrastructure",
    "infra_bootstrap": "infrastructure",
    "infra_comment": "comments",
    "infra_destroy": "infrastructure",
    "infra_output": "infrastructure",
    "infra_plan": "infrastructure",
    "promote": "deploying",
    "rollback": "deploying",
    "sbom": "sbom",
}
"""Each command's module, whose function of the same name runs it; its answer is the exit code, none is 0."""


def main(arguments: list[str]) -> int:
    """Runs the command; its exit code."""
    if len(arguments) != 1 or arguments[0] not in COMMANDS:
        print(f"usage: python -m cloud {'|'.join(COMMANDS)}", file=sys.stderr)
        return 2
    name = arguments[0]
    try:
        # Imported late: each command needs few of them, and make must be quick.
        return getattr(import_module(f"cloud.{COMMANDS[name]}"), name)() or 0
    except Failure as failure:
        print(failure, file=sys.stderr)
        return failure.code
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
