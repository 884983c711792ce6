"""Runs one program of the stack, after ending what an earlier start of it has left: lock NAME PORT COMMAND…

A program that is killed leaves its children behind, and one of them may listen on the port that the next start
needs. Each process is found by its environment, so nothing is kept in a file, which another stack could overwrite.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from pathlib import Path

from stack.servers import ports

STACK = "PROPENSITY_STACK_ID"
PROGRAM = "PROPENSITY_STACK_PROGRAM"
"""Set for a program and inherited by all of its children: the name of the program."""

SCHEDULER = "airflow-scheduler"
"""Its children run tasks, which go on without it."""

PORT_SECONDS = 20
"""Seconds that a killed process may take to end and free its port, on a busy machine."""


def main(name: str, port: str, *command: str) -> None:
    """Ends what is left of the program, then becomes the command; port 0 is for a program that listens on none."""
    _kill(_leftovers(name))
    if port != "0":
        _free(int(port), name)
    # Without SPT_NOENV, a program that sets its title overwrites what Linux shows of its environment.
    os.environ.update({PROGRAM: name, "SPT_NOENV": "1"})
    os.execvp(command[0], command)  # noqa: S606


def _leftovers(name: str) -> list[int]:
    """The processes of earlier starts of the program; of the scheduler's, those that run no task."""
    found = {pid for pid in _pids() if _program(pid) == name}
    if name != SCHEDULER:
        return sorted(found)
    parents = {pid: _parent(pid) for pid in _pids()}
    return sorted(pid for pid in found if parents.get(pid) not in found and pid not in parents.values())


def _free(port: int, name: str) -> None:
    """Ends what of this stack listens on the port, except another of its programs, and waits until the port is free.

    Raises:
        SystemExit: where another process keeps it
    """
    deadline = time.monotonic() + PORT_SECONDS
    while ports.is_taken(port):
        holders = ports.holders(port)
        own = [pid for pid in holders if _program(pid) in ("", name)]
        _kill(own)
        # Linux shows no environment of a process that is about to end.
        foreign = [pid for pid in holders if pid not in own and _environment(pid)]
        if foreign or time.monotonic() > deadline:
            sys.exit(
                f"{name} needs port {port}, but {ports.described(foreign or holders)} listens on it:"
                " end that process, or stop the stack and start it with other ports"
            )
        time.sleep(0.05)


def _program(pid: int) -> str | None:
    """The program of this stack that the process belongs to, "" for none in particular; None outside this stack."""
    environment = _environment(pid)
    return environment.get(PROGRAM, "") if environment.get(STACK) == os.environ[STACK] else None


def _environment(pid: int) -> dict[str, str]:
    try:
        entries = Path(f"/proc/{pid}/environ").read_text(errors="replace").split("\0")
    except OSError:
        # It ended meanwhile, or belongs to another user.
        return {}
    return dict(entry.split("=", 1) for entry in entries if "=" in entry)


def _parent(pid: int) -> int | None:
    try:
        # After the name in parentheses: state, parent.
        return int(Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()[1])
    except OSError:
        return None


def _pids() -> list[int]:
    found = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdecimal()]
    return [pid for pid in found if pid != os.getpid()]


def _kill(pids: list[int]) -> None:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


if __name__ == "__main__":
    main(*sys.argv[1:])
