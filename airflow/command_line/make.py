"""Turns the variables of make into options: ``--make run DATA=rows.csv`` into ``run --data=rows.csv``."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from typing import Any

from stack.failure import Failure
from stack.option_values import flag

OTHER_OPTIONS = {"LEARNER": "--learners", "MODEL": "--learner", "N": "--containers"}
"""Options of variables that have another name, where a command has no option of the variable's own."""

SETTINGS = re.compile(
    "MAKE.*|MFLAGS|SHELL|CURDIR|PYTHON|MAVEN|TERRAFORM|GRYPE|CHROMIUM|CI|JAVA_HOME|PATH|HOME|TMPDIR|TZ|LANG|TERM|"
    "(AWS|MLFLOW|AIRFLOW_|PROPENSITY|KAGGLE|DOCKER|DOCKERHUB|BUILDX|BUILDKIT|GITHUB|TF|UV|PIP|LC|XDG)_.*|"
    "MAVEN_OPTS|(_JAVA|JDK_JAVA|JAVA_TOOL)_OPTIONS|.*_PROXY|.*_proxy|DISPLAY|COLUMNS|NO_COLOR|FORCE_COLOR|"
    "KUBECONFIG|SSL_CERT_(FILE|DIR)|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE"
)
"""Variables that are settings of the environment, and those that make itself has."""


def options(root: Any, words: list[str]) -> list[str]:
    """The command's words and options.

    Raises:
        Failure: for a variable that no command knows
    """
    plain = [word for word in words if not _is_variable(word)]
    variables = dict(word.split("=", 1) for word in words if _is_variable(word))
    known = sorted({variable(option) for command in _commands(root) for option in _names(command)})
    for name, value in variables.items():
        if name in known or name in OTHER_OPTIONS:
            continue
        # One letter off MLFLOW_PORT is no setting of MLflow.
        near = difflib.get_close_matches(name.upper(), known, n=1, cutoff=0.85 if SETTINGS.fullmatch(name) else 0.6)
        if near or not SETTINGS.fullmatch(name):
            hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}"
            raise Failure(f"{name}={value}: unknown variable; {hint}", 2)
    command = _command(root, plain)
    given = {word.partition("=")[0] for word in plain}
    if "MODEL" in variables:
        variables["LEARNER"] = variables.pop("MODEL")
    if variables.get("LEARNERS"):
        variables.pop("LEARNER", None)
    found = []
    for name, value in variables.items():
        option = _option(command, name)
        if option is not None and value and not given.intersection((*option.opts, *option.secondary_opts)):
            found += _word(option, name, value)
    return [*plain, *found]


def variable(option: str) -> str:
    """The variable of an option."""
    return option.removeprefix("--").replace("-", "_").upper()


def _is_variable(word: str) -> bool:
    return re.match(r"[A-Za-z_][A-Za-z0-9_]*=", word) is not None


def _word(option: Any, name: str, value: str) -> list[str]:
    if not option.is_flag:
        return [f"{option.opts[0]}={value}"]
    return option.opts[:1] if flag(name, value) else option.secondary_opts[:1]


def _option(command: Any, name: str) -> Any | None:
    names = ["--" + name.lower().replace("_", "-")]
    if name in OTHER_OPTIONS:
        names.append(OTHER_OPTIONS[name])
    own = {option.opts[0]: option for option in command.params if option.opts and option.opts[0].startswith("--")}
    return next((own[each] for each in names if each in own), None)


def _names(command: Any) -> list[str]:
    return [option.opts[0] for option in command.params if option.opts[0].startswith("--")]


def _command(root: Any, words: list[str]) -> Any:
    command: Any = root
    for word in words:
        if not hasattr(command, "commands"):
            break
        command = command.commands[word]
    return command


def _commands(command: Any) -> Iterator[Any]:
    yield command
    for each in getattr(command, "commands", {}).values():
        yield from _commands(each)
