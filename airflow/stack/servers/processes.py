"""The machine's processes, as Linux shows them."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from pathlib import Path

from stack import paths
from stack.configuration.environment import MARK


def of_stack(stack_id: str) -> list[int]:
    """The stack's processes: they carry its mark, or belong to its supervisord's session.

    A child inherits both, and either may be lost: a program that writes its own title overwrites what
    Linux shows of its environment, and another may begin a session of its own.
    """
    mark = f"{MARK}={stack_id}".encode()
    session = (paths.text(paths.STATE / "supervisord.session") or "").strip()
    return [
        int(entry.name)
        for entry in Path("/proc").iterdir()
        if entry.name.isdecimal() and int(entry.name) != os.getpid() and _belongs(entry, mark, session)
    ]


def _belongs(process: Path, mark: bytes, session: str) -> bool:
    try:
        if mark in (process / "environ").read_bytes().split(b"\0"):
            return True
        return _stat(process)[3] == session and (process / "cwd").readlink().is_relative_to(paths.STATE)
    except OSError:
        return False


def is_alive(pid: int) -> bool:
    """Whether the process is there, and not merely waits for its parent to take note of its end."""
    try:
        return _stat(Path(f"/proc/{pid}"))[0] != "Z"
    except OSError:
        return False


def _stat(process: Path) -> list[str]:
    """State, parent, group, session and more: what Linux shows after the name in parentheses."""
    return (process / "stat").read_text().rpartition(")")[2].split()


def end(stack_id: str, timeout: float = 10) -> int:
    """Ends the remaining processes of the stack; their number."""
    ended = _signal(of_stack(stack_id), signal.SIGTERM)
    deadline = time.monotonic() + timeout
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
