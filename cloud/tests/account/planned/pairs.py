"""A planned resource's values and tags."""

from __future__ import annotations

from typing import Any

Values = dict[str, Any]
Tags = dict[str, str]


def pairs(tags: Tags, key: str = "Key", value: str = "Value") -> list[dict[str, str]]:
    """Names and texts, as most services take them."""
    return [{key: name, value: text} for name, text in tags.items()]
