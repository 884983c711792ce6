"""What a command requests of the stack: where tasks run, ports, second servers, capture, monitoring."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, field

from stack.failure import Failure


@dataclass(frozen=True)
class Requested:
    """Each setting that is given; nothing for one that is not, whose kept or default value then counts."""

    runner: str | None = None
    ports: dict[str, int] = field(default_factory=dict)
    """By variable, the first endpoint's among them."""
    backup: bool | None = None
    capture: bool | None = None
    monitoring: bool | None = None

    def port(self, variable: str) -> int | None:
        """The requested port."""
        return self.ports.get(variable)

    def check_against(self, running: dict[str, str | int]) -> None:
        """Compares with the running stack's values, by variable; any value is right of one that is not among them.

        Raises:
            Failure: where a value differs that only a start of the whole stack can change
        """
        requested = {**({"RUNNER": self.runner} if self.runner else {}), **self.ports}
        others = {name: value for name, value in requested.items() if value != running.get(name, value)}
        if others:
            has = ", ".join(f"{name}={running[name]}" for name in others)
            wanted = shlex.join(f"{name}={value}" for name, value in others.items())
            raise Failure(f"{wanted}: the running stack has {has}; to change it: make stop && make start {wanted}", 2)
