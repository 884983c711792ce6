"""Writes into a dataset's file, line by line, so that its comments and its order stay."""

from __future__ import annotations

import json
import re
from typing import Any

import yaml

from stack.failure import Failure


def with_defaults(text: str, learner: str, parameters: dict[str, Any]) -> str:
    """The text with this learner and its parameters as the dataset's own; all else stays as it is.

    Comments that stand within the learner's old parameters go with them.
    """
    lines = text.splitlines()
    lines = _with_learner(lines, learner)
    lines = _with_parameters(lines, learner, parameters)
    changed = "\n".join(lines) + "\n"
    _require(changed, text, learner, parameters)
    return changed


def _with_learner(lines: list[str], learner: str) -> list[str]:
    place = _top(lines, "learner")
    if place is None:
        return [*lines, "", f"learner: {learner}"]
    comment = re.search(r"\s+#.*$", lines[place])
    return [*lines[:place], f"learner: {learner}{comment.group() if comment else ''}", *lines[place + 1 :]]


def _with_parameters(lines: list[str], learner: str, parameters: dict[str, Any]) -> list[str]:
    entry = f"{learner}: {json.dumps(parameters)}"
    place = _top(lines, "parameters")
    if place is None:
        learners = _top(lines, "learner")
        return [*lines[: learners + 1], "parameters:", f"  {entry}", *lines[learners + 1 :]]
    end = _end(lines, place + 1, 0)
    inline = re.match(r"parameters:\s*(\{.*\})\s*(#.*)?$", lines[place])
    if inline:
        others = yaml.load(inline.group(1), Loader=yaml.BaseLoader)  # noqa: S506
        kept = [f"  {name}: {_flow(inline.group(1), name)}" for name in others if name != learner]
        return [*lines[:place], "parameters:", *kept, f"  {entry}", *lines[place + 1 :]]
    body = lines[place + 1 : end]
    indent = next((re.match(r" +", line).group() for line in body if re.match(r" +[^\s#]", line)), "  ")
    own = next(
        (i for i, line in enumerate(body) if re.match(rf"{indent}[\"']?{re.escape(learner)}[\"']?:", line)), None
    )
    if own is None:
        return [*lines[:end], f"{indent}{entry}", *lines[end:]]
    own_end = _end(body, own + 1, len(indent))
    return [*lines[: place + 1], *body[:own], f"{indent}{entry}", *body[own_end:], *lines[end:]]


def _flow(mapping: str, name: str) -> str:
    """A value of an inline mapping, again as inline YAML: texts that were plain are plain."""
    node = yaml.compose(mapping, Loader=yaml.BaseLoader)
    for key, value in node.value:
        if key.value == name:
            return mapping[value.start_mark.index : value.end_mark.index]
    raise KeyError(name)


def _top(lines: list[str], key: str) -> int | None:
    return next((i for i, line in enumerate(lines) if re.match(rf"{key}\s*:", line)), None)


def _end(lines: list[str], start: int, indent: int) -> int:
    """Where what is indented deeper ends; blank lines and comments that follow it are not its own."""
    end = start
    for i in range(start, len(lines)):
        line = lines[i]
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if len(line) - len(line.lstrip()) <= indent:
            break
        end = i + 1
    return end


def _require(changed: str, before: str, learner: str, parameters: dict[str, Any]) -> None:
    """Refuses to change a file in more than was meant: one that is laid out in a way not foreseen here."""
    try:
        new, old = (yaml.safe_load(text) for text in (changed, before))
        own = new["parameters"].pop(learner)
        (old.get("parameters") or {}).pop(learner, None)
        good = own == parameters and new.pop("learner") == learner
        old.pop("learner", None)
        good = good and (new.pop("parameters") or {}) == (old.pop("parameters", None) or {}) and new == old
    except (yaml.YAMLError, KeyError, TypeError, AttributeError):
        good = False
    if not good:
        raise Failure(
            "the file's lines cannot be changed safely; write this into it by hand:\n\n"
            f"learner: {learner}\nparameters:\n  {learner}: {json.dumps(parameters)}",
            2,
        )
