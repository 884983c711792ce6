"""What a user has to fix."""

from __future__ import annotations


class Failure(Exception):
    """Ends the command with one line: exit 2 for a wrong request, 1 for an error."""

    def __init__(self, line: str, code: int = 1):
        super().__init__(line)
        self.code = code
