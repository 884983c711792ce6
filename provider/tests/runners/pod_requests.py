"""What a cluster rejects of a pod, and which pods a selector selects."""

from __future__ import annotations

import json
import re
from types import SimpleNamespace

from kubernetes import client

NAME = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
LABEL = re.compile(r"([A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?)?")


class Rejected(Exception):
    def __init__(self, code: int, reason: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.body = {
            "apiVersion": "v1",
            "kind": "Status",
            "status": "Failure",
            "code": code,
            "reason": reason,
            "message": message,
        }


def check(body: dict) -> None:
    """Rejects fields that the client's models lack, and invalid names and labels."""
    api = client.ApiClient()
    read = api.deserialize(SimpleNamespace(data=json.dumps(body)), "V1Pod")
    unknown = different(body, api.sanitize_for_serialization(read))
    if unknown:
        raise Rejected(400, "BadRequest", f"strict decoding error: unknown field {unknown}")
    if not NAME.fullmatch(body["metadata"]["name"]):
        raise Rejected(422, "Invalid", f"metadata.name: Invalid value: {body['metadata']['name']}")
    for label, value in body["metadata"].get("labels", {}).items():
        if not LABEL.fullmatch(value) or not LABEL.fullmatch(label.rpartition("/")[2]):
            raise Rejected(422, "Invalid", f"metadata.labels: Invalid value: {label}={value}")


def different(given, known, path: str = "") -> str | None:
    """The first member of what is given that is not known."""
    if isinstance(given, dict):
        for name, value in given.items():
            if not isinstance(known, dict) or name not in known:
                # The client leaves empty collections out.
                if value in ({}, [], None):
                    continue
                return f"{path}.{name}"
            if found := different(value, known[name], f"{path}.{name}"):
                return found
    elif isinstance(given, list):
        for number, (value, other) in enumerate(zip(given, known or [], strict=False)):
            if found := different(value, other, f"{path}[{number}]"):
                return found
    return None


def selected(labels: dict[str, str], selector: str) -> bool:
    """Whether a label selector, by equality alone, means these labels."""
    for term in filter(None, selector.split(",")):
        if term.startswith("!"):
            if term[1:] in labels:
                return False
        elif "!=" in term:
            name, value = term.split("!=")
            if labels.get(name) == value:
                return False
        else:
            name, value = term.split("=", 1)
            if labels.get(name) != value:
                return False
    return True
