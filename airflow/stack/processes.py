"""The machine's processes and ports, as Linux shows them."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import time
from pathlib import Path

from stack.environment import MARK


def is_taken(port: int) -> bool:
    """Whether something listens on the port, here or on all interfaces."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def of_stack(stack_id: str) -> list[int]:
    """The processes that carry the stack's mark; a child inherits it."""
    mark = f"{MARK}={stack_id}".encode()
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal() and int(entry.name) != os.getpid():
            with contextlib.suppress(OSError):
                if mark in (entry / "environ").read_bytes().split(b"\0"):
                    found.append(int(entry.name))
    return found


def end(stack_id: str, patience: float = 10) -> int:
    """Ends what is left of the stack, and says how many that were."""
    ended = _signal(of_stack(stack_id), signal.SIGTERM)
    deadline = time.monotonic() + patience
    while (left := of_stack(stack_id)) and time.monotonic() < deadline:
        time.sleep(0.1)
    while left:
        _signal(left, signal.SIGKILL)
        time.sleep(0.05)
        left = of_stack(stack_id)
    return ended


def _signal(pids: list[int], number: signal.Signals) -> int:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)
    return len(pids)
