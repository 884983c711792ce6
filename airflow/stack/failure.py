"""Errors that end a command."""

from __future__ import annotations


class Failure(Exception):
    """Ends the command with one line.

    :param code: the exit code: 2 where user action is required, 1 for any other error
    """

    def __init__(self, line: str, code: int):
        super().__init__(line)
        self.code = code
