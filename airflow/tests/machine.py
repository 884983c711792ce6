"""The machine that the tests run on: its engine, ports and processes."""

from __future__ import annotations

import contextlib
import os
import socket
import time
from collections.abc import Callable
from pathlib import Path

from stack.servers import containers


def engine():
    """The Docker Engine; none where none answers, but not in CI."""
    found = containers.engine()
    assert found or os.environ.get("CI") != "true", "no Docker Engine answers"
    return found


def soon(condition: Callable, seconds: float = 600):
    """Waits until the condition holds, and gives its value."""
    until = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < until, "it never came true"
        time.sleep(0.3)
    return value


def processes_of(session: int) -> list[Path]:
    """The session's processes, as Linux lists them."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            # After the name in parentheses: state, parent, group, session. Z is dead, but not yet taken note of.
            state, _, _, own = (process / "stat").read_text().rpartition(")")[2].split()[:4]
            if int(own) == session and state != "Z":
                found.append(process)
    return found


def free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def free_block() -> int:
    """The begin of a block of ports that is free, for endpoints."""
    for base in range(21000, 30000, 250):
        try:
            for port in (*range(base, base + 4), *range(base + 100, base + 104)):
                with socket.socket() as probe:
                    probe.bind(("127.0.0.1", port))
        except OSError:
            continue
        return base
    raise AssertionError("no free ports")
