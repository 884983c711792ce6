"""The machine that the tests run on: its engine, ports and processes."""

from __future__ import annotations

import contextlib
import os
import random
import socket
import time
from collections.abc import Callable
from pathlib import Path

from stack.servers import containers


def engine():
    """The Docker Engine; none where none answers, but not in CI."""
    found = containers.engine()
    assert found or os.environ.get("CI") != "true", "no Docker Engine responds"
    return found


def soon(condition: Callable, seconds: float = 600, state: Callable[[], object] = lambda: ""):
    """Waits until the condition holds, and returns its value.

    Args:
        state: what an error shows, where the condition never holds
    """
    until = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < until, f"it never came true: {state()}"
        time.sleep(0.6)
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


def sockets_of(processes: list[Path]) -> set[str]:
    """The inodes of their sockets."""
    links = [str(link.readlink()) for process in processes for link in (process / "fd").iterdir()]
    return {link[8:-1] for link in links if link.startswith("socket:")}


def listening(inodes: set[str]) -> list[str]:
    """The addresses on which these sockets listen."""
    found = []
    for family, table in ((socket.AF_INET, "/proc/net/tcp"), (socket.AF_INET6, "/proc/net/tcp6")):
        for line in Path(table).read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and fields[9] in inodes:
                words = bytes.fromhex(fields[1].split(":")[0])
                packed = b"".join(words[at : at + 4][::-1] for at in range(0, len(words), 4))
                found.append(socket.inet_ntop(family, packed))
    return found


def free_ports(count: int) -> list[int]:
    """Ports that are free and that no outgoing connection takes meanwhile: Linux takes those from 32768 on."""
    return _free(range(10000, 20000), (0,), count)


def free_block() -> int:
    """The begin of a block of ports that is free, for endpoints."""
    [base] = _free(range(21000, 30000, 250), (*range(4), *range(100, 104)), 1)
    return base


def _free(ports: range, offsets: tuple[int, ...], count: int) -> list[int]:
    found = []
    # At random, since tests of other suites look for ports at the same time.
    for port in random.sample(ports, len(ports)):
        try:
            for offset in offsets:
                with socket.socket() as probe:
                    probe.bind(("127.0.0.1", port + offset))
        except OSError:
            continue
        found.append(port)
        if len(found) == count:
            return found
    raise AssertionError("no free ports")
