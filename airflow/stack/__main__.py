"""Runs one of the stack's commands: python -m stack start."""

from __future__ import annotations

import signal
import sys

from stack.failure import Failure


def main(arguments: list[str]) -> int:
    """Runs the command; its exit code."""
    # Imported late: each command needs few of them, and make must be quick.
    from stack import commands

    known = {name: command for name, command in vars(commands).items() if name in commands.__all__}
    if len(arguments) != 1 or arguments[0] not in known:
        print(f"usage: python -m stack {'|'.join(known)}", file=sys.stderr)
        return 2
    for number in (signal.SIGTERM, signal.SIGHUP):
        # Whoever ignores it, as nohup does, means it.
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _interrupt)
    try:
        return known[arguments[0]]() or 0
    except Failure as failure:
        print(failure, file=sys.stderr)
        return failure.code
    except KeyboardInterrupt:
        return 130


def _interrupt(*_) -> None:
    """Ends the command as Ctrl-C does, so that it can put back what it changed for its own time."""
    raise KeyboardInterrupt


sys.exit(main(sys.argv[1:]))
