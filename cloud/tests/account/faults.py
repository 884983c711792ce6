"""What a test lets go wrong."""

from __future__ import annotations

import threading

from account.common.errors import AwsError


class Faults:
    """Faults that wait for their moment; each happens as often as requested, then no more.

    Over HTTP: POST /_control with {"throttle": {"operation": "CreateModel", "times": 2}}, and the like for each
    method here.
    """

    def __init__(self):
        self._lock = threading.Lock()
        self._errors: dict[str, list[AwsError]] = {}
        self._lost: dict[str, int] = {}
        self._coming = {"unhealthy": 0, "midway": 0, "silent": 0}
        self._failing = 0.0
        self._held = False

    def throttle(self, operation: str, times: int = 1) -> None:
        """The next calls of the operation are throttled."""
        self.fail(operation, "ThrottlingException", "Rate exceeded", times=times)

    def fail(self, operation: str, code: str, message: str = "", status: int = 400, times: int = 1) -> None:
        """The next calls of the operation are rejected with this error."""
        with self._lock:
            self._errors.setdefault(operation, []).extend(AwsError(code, message, status) for _ in range(times))

    def lose(self, operation: str, times: int = 1) -> None:
        """The next calls of the operation are done, but answered as a fault: the caller cannot know."""
        with self._lock:
            self._lost[operation] = self._lost.get(operation, 0) + times

    def unhealthy(self, fleets: int = 1) -> None:
        """The next new fleets never pass their health check."""
        with self._lock:
            self._coming["unhealthy"] += fleets

    def midway(self, updates: int = 1) -> None:
        """The next updates fail in the middle: after the first traffic went to the new fleet."""
        with self._lock:
            self._coming["midway"] += updates

    def silent(self, updates: int = 1) -> None:
        """The next updates that go back tell no reason: SageMaker promises one only for the status Failed."""
        with self._lock:
            self._coming["silent"] += updates

    def failing(self, share: float = 1.0) -> None:
        """The next new fleet answers this share of its invocations with 500."""
        with self._lock:
            self._failing = share

    def hold(self, on: bool = True) -> None:
        """Changes of endpoints that begin now go on only when this is off again."""
        with self._lock:
            self._held = on

    def clear(self) -> None:
        """Nothing goes wrong any more."""
        with self._lock:
            self._errors.clear()
            self._lost.clear()
            self._coming = dict.fromkeys(self._coming, 0)
            self._failing = 0.0
            self._held = False

    def before(self, operation: str) -> None:
        """Raises the operation's next error, if there is one."""
        with self._lock:
            waiting = self._errors.get(operation)
            error = waiting.pop(0) if waiting else None
        if error:
            raise error

    def after(self, operation: str) -> None:
        """Raises a fault where this answer is to be lost."""
        with self._lock:
            lost = self._lost.get(operation, 0)
            self._lost[operation] = max(0, lost - 1)
        if lost:
            raise AwsError("InternalFailure", "The request processing has failed because of an unknown error", 500)

    def comes(self, fault: str) -> bool:
        """Whether it happens now; it is used up."""
        with self._lock:
            coming = self._coming[fault]
            self._coming[fault] = max(0, coming - 1)
        return coming > 0

    def held(self) -> bool:
        """Whether changes of endpoints wait."""
        with self._lock:
            return self._held

    def share(self) -> float:
        """The share of failing answers of the fleet that starts now; it is used up."""
        with self._lock:
            share, self._failing = self._failing, 0.0
        return share
