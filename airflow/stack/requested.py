"""What the caller's variables request of the stack: RUNNER, the ports and BACKUP. Standard library only."""

from __future__ import annotations

import os
import shlex
from dataclasses import dataclass

from stack.failure import Failure

RUNNERS = ("docker", "process")
PORTS = ("AIRFLOW_PORT", "MLFLOW_PORT", "S3_PORT", "ENDPOINT_PORT")


@dataclass(frozen=True)
class Requested:
    """Each variable that is set; nothing for one that is not, whose kept or default value then counts."""

    runner: str | None
    ports: dict[str, int]
    """By variable, the first endpoint's among them."""
    backup: bool | None

    def port(self, variable: str) -> int | None:
        """The requested port."""
        return self.ports.get(variable)

    def check_against(self, running: dict[str, str | int]) -> None:
        """Compares with the running stack's values, by variable.

        Raises:
            Failure: where a value differs that only a start of the whole stack can change
        """
        requested = {**({"RUNNER": self.runner} if self.runner else {}), **self.ports}
        others = {name: value for name, value in requested.items() if value != running[name]}
        if others:
            has = ", ".join(f"{name}={running[name]}" for name in others)
            wanted = shlex.join(f"{name}={value}" for name, value in others.items())
            raise Failure(f"{wanted}: the running stack has {has}; to change it: make stop && make start {wanted}", 2)


def requested() -> Requested:
    """Reads and checks make's variables.

    Raises:
        Failure: where a variable has a value that is none of the allowed ones
    """
    ports = {name: int(value) for name in PORTS if (value := _port(name))}
    backup = _one_of("BACKUP", ("1", "0"))
    return Requested(_one_of("RUNNER", RUNNERS), ports, None if backup is None else backup == "1")


def _one_of(variable: str, allowed: tuple[str, ...]) -> str | None:
    value = os.environ.get(variable)
    if value and value not in allowed:
        raise Failure(f"{variable} must be {' or '.join(allowed)}, not {value}", 2)
    return value or None


def _port(variable: str) -> str | None:
    value = os.environ.get(variable)
    if value and not (value.isdecimal() and 1 <= int(value) <= 65535):
        raise Failure(f"{variable} must be a port from 1 to 65535, not {value}", 2)
    return value or None
