"""Runs a command where its Python environment is missing or not up to date. Standard library only.

Checks what was typed first, so that nothing is installed for a command that cannot run.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any

from command_line import needs
from stack import option_values, paths, wording
from stack.failure import Failure

OF_RUNNING_STACK = {
    "accept",
    "defaults",
    "forget",
    "history",
    "monitor",
    "outcomes",
    "performance",
    "promote",
    "rollback",
    "verify",
    "model check",
    "model stage",
    "stack end-run",
    "stack env",
    "stack logs",
    "stack mlflow",
    "stack prune",
    "stack remove-image",
    "stack status",
    "stack stop",
}
"""Commands that have nothing to do where the stack was never started."""

ALSO_ON_AWS = {"history", "promote", "rollback"}
OF_RELEASED = {
    "accept",
    "cloud deploy",
    "cloud deploy-summary",
    "forget",
    "history",
    "invoke",
    "model check",
    "model stage",
    "monitor",
    "outcomes",
    "performance",
    "promote",
    "rollback",
    "stack endpoint",
    "verify",
}
"""Commands whose dataset may be the name of a ledger, that of synthetic rows among them."""

CHECKS: dict[str, Callable[[str], Any]] = {
    "RUNNER": option_values.runner,
    **{name: lambda text, name=name: option_values.flag(name, text) for name in option_values.FLAGS},
    **{name: lambda text, name=name: option_values.port(name, text) for name in option_values.PORTS},
    "DATASET": option_values.dataset,
    "DATA": lambda text: option_values.rows("DATA", text),
    "TEST": lambda text: option_values.rows("TEST", text),
    "LEARNER": option_values.learner,
    "LEARNERS": lambda text: option_values.learners("LEARNERS", text),
    "PARAMETERS": lambda text: option_values.json_object("PARAMETERS", text),
    "SEARCH": lambda text: option_values.json_object("SEARCH", text),
    "RELEASE": option_values.release,
    "FORCE": lambda text: option_values.forced(text, option_values.OF_EXPERIMENT),
}


def main(arguments: list[str]) -> int:
    """Sets up the environment and runs the command in it; its exit code."""
    if any(name.endswith("_COMPLETE") and name.startswith("_PROPENSITY") for name in os.environ):
        return 0
    command, values = parse(arguments)
    python = paths.ENVIRONMENTS / "airflow" / "bin" / "python"
    of_running_stack = command in OF_RUNNING_STACK and not values.get("STAGE") and not values.get("START")
    if command == "stack purge" and "HELP" not in values:
        return needs.run(*needs.purge(yes=option_values.flag("YES", values.get("YES")) or False))
    if "HELP" in values or not command:
        if not python.is_file():
            print("setting up the Python environment of the command line (once, about a minute)", file=sys.stderr)
    elif of_running_stack and not python.is_file():
        elsewhere = "; for a stage on AWS, add STAGE=dev|uat|prod" if command in ALSO_ON_AWS else ""
        raise Failure(f"the stack was never started: make start{elsewhere}", 2)
    else:
        check(command, values)
        if not command.startswith(("cloud ", "dev ")) and not values.get("STAGE"):
            needs.prerequisites()
    if not (of_running_stack and python.is_file()):
        needs.environments("airflow")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.execv(python, [python, "-P", "-m", "command_line", *arguments])
    return 0


def parse(arguments: list[str]) -> tuple[str, dict[str, str]]:
    """The command and its options by their variables, as far as they can be read without knowing the options."""
    words, values, name = [], {}, None
    for word in arguments[1:] if arguments[:1] == ["--make"] else arguments:
        variable, equals, value = word.partition("=")
        if word.startswith("--"):
            name = variable[2:].replace("-", "_").upper()
            values[name] = value if equals else "1"
            name = None if equals else name
        elif equals and variable.isupper() and name is None:
            values[variable] = value
        elif name is not None:
            values[name], name = word, None
        else:
            words.append(word)
    groups = ("cloud", "data", "dev", "model", "stack")
    return " ".join(words[: 2 if words[:1] and words[0] in groups else 1]), values


def check(command: str, values: dict[str, str]) -> None:
    """Checks the values that can be checked without Java and without packages.

    Raises:
        Failure: for the first one that is wrong
    """
    for name, checked in CHECKS.items():
        if name in values and not (name == "DATASET" and (command in OF_RELEASED or values.get("STAGE"))):
            checked(values[name])


if __name__ == "__main__":
    wording.options_typed = sys.argv[1:2] != ["--make"]
    try:
        sys.exit(main(sys.argv[1:]))
    except Failure as failure:
        print(wording.as_typed(str(failure), wording.values(sys.argv[1:])), file=sys.stderr)
        sys.exit(failure.code)
    except KeyboardInterrupt:
        sys.exit(130)
