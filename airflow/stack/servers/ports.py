"""The machine's ports and the processes that listen on them, as Linux shows them."""

from __future__ import annotations

import socket
from pathlib import Path

_LISTEN = "0A"


def is_taken(port: int) -> bool:
    """Whether something listens on the port, here or on all interfaces."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def holders(port: int) -> list[int]:
    """The processes that listen on the port; without those whose files this user may not read."""
    wanted = {f"socket:[{inode}]" for inode in _listening(port)}
    return [
        int(process.name)
        for process in Path("/proc").glob("[0-9]*")
        if wanted and not wanted.isdisjoint(_open_files(process))
    ]


def described(pids: list[int]) -> str:
    """The processes' numbers and commands, for an error about a taken port."""
    return ", ".join(f"process {pid} ({_command(pid)})" for pid in pids) or "a process of another user"


def _listening(port: int) -> set[str]:
    found = set()
    for table in ("tcp", "tcp6"):
        try:
            _, *lines = Path("/proc/net", table).read_text().splitlines()
        except OSError:
            continue
        for line in lines:
            # Number, local address and port, remote ones, state, queues, timer, retransmits, user, timeout, inode.
            _, local, _, state, _, _, _, _, _, inode, *_ = line.split()
            if state == _LISTEN and int(local.rpartition(":")[2], 16) == port:
                found.add(inode)
    return found


def _open_files(process: Path) -> set[str]:
    found = set()
    try:
        for file in (process / "fd").iterdir():
            found.add(str(file.readlink()))
    except OSError:
        # It ended meanwhile, or belongs to another user.
        pass
    return found


def _command(pid: int) -> str:
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().rstrip(b"\0").split(b"\0")
    except OSError:
        return "ended meanwhile"
    return b" ".join(words).decode(errors="replace")[:120] or "without a command"
