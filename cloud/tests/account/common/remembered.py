"""What moto keeps, for those who look at it again and again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Remembered(Generic[T]):
    """What was read last; reads again only after a request that may have changed something of the service.

    :param changes: how many such requests there were
    """

    def __init__(self, changes: Callable[[], int], read: Callable[[], T]):
        self._changes, self._read = changes, read
        # How many changes there were before it was last read, and what was read: one value, for any thread.
        self._last: tuple[int, T] | None = None

    def __call__(self) -> T:
        changes = self._changes()
        if self._last is None or self._last[0] != changes:
            self._last = (changes, self._read())
        return self._last[1]
