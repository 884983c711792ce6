"""Runs the command line; ./propensity starts it."""

from __future__ import annotations

import os
import signal
import sys

if not sys.stdout.isatty():
    # Typer would color its help in GitHub Actions, though nothing shows it.
    os.environ["_TYPER_FORCE_DISABLE_TERMINAL"] = "1"

from stack import wording
from stack.failure import Failure


def main(arguments: list[str]) -> int:
    """Runs the command; its exit code."""
    from command_line import app

    # The launcher's own path of Python modules is not for other programs.
    os.environ.pop("PYTHONPATH", None)
    for number in (signal.SIGTERM, signal.SIGHUP):
        # Keep an ignored signal ignored, as nohup sets it.
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _interrupt)
    of_make = arguments[:1] == ["--make"]
    wording.options_typed = not of_make
    try:
        return app.run(arguments[1:], of_make=True) if of_make else app.run(arguments)
    except Failure as failure:
        print(wording.as_typed(str(failure), wording.values(arguments)), file=sys.stderr)
        return failure.code
    except KeyboardInterrupt:
        return 130


def _interrupt(*_) -> None:
    """Ends the command as Ctrl-C does, so that it can put back what it changed for its own time."""
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
