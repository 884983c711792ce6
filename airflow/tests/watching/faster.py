"""The rules and configurations in a time that runs faster."""

from __future__ import annotations

import re
from typing import Any

FASTER = 20
"""All times of the rules and of the configuration are divided by this: 2 minutes are 6 seconds."""

UNITS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400}
TIME = re.compile(r"\b(\d+)(ms|s|m|h|d)\b")
OF_EXPRESSION = re.compile(r"(?<=\[)\d+[smhd](?=\])|(?<=offset )\d+[smhd]\b")
KEYS = {"for", "interval", "scrape_interval", "evaluation_interval", "group_wait", "group_interval", "repeat_interval"}


def faster(document: Any) -> Any:
    """The rules or a configuration with all times divided: values of the keys above, ranges and offsets of expressions.

    Nothing else changes: neither numbers in expressions nor the names of recorded series.
    """
    if isinstance(document, list):
        return [faster(each) for each in document]
    if not isinstance(document, dict):
        return document
    changed = {}
    for key, value in document.items():
        if key in KEYS:
            changed[key] = _divided(value)
        elif key == "expr":
            changed[key] = OF_EXPRESSION.sub(lambda match: _divided(match[0]), value)
        else:
            changed[key] = faster(value)
    return changed


def _divided(text: str) -> str:
    [(number, unit)] = TIME.findall(text)
    return f"{round(1000 * int(number) * UNITS[unit] / FASTER)}ms"
