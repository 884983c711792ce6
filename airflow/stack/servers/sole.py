"""Runs a program in the place of whatever an earlier one of its name has left: sole NAME COMMAND…

A program that is killed leaves its children behind. One that holds the port would keep the next program from it,
which supervisord would start again for ever.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from pathlib import Path

from stack import places


def main(name: str, *command: str) -> None:
    """Ends the processes of the earlier program's group, takes its place and becomes the command."""
    file = places.STATE / "groups" / name
    earlier = (places.text(file) or "").strip()
    for pid in _left(earlier):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    places.write_private(file, str(os.getpgid(0)))
    os.execv(command[0], command)  # noqa: S606


def _left(group: str) -> list[int]:
    """What is left of a group in the session of this supervisord; another session's number says nothing here."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal() and int(entry.name) != os.getpid():
            with contextlib.suppress(OSError):
                # After the name in parentheses: state, parent, group, session.
                _, _, own, session = (entry / "stat").read_text().rpartition(")")[2].split()[:4]
                if own == group and int(session) == os.getsid(0):
                    found.append(int(entry.name))
    return found


if __name__ == "__main__":
    main(*sys.argv[1:])
