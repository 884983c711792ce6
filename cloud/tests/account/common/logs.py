"""The log streams that SageMaker writes."""

from __future__ import annotations

import contextlib
import threading
import time

from botocore.exceptions import ClientError

# Seconds for which lines gather before they are sent.
PAUSE = 0.2


class SimulatedLogStream:
    """Lines in a stream of CloudWatch Logs, which is made with the first one."""

    def __init__(self, client, group: str, stream: str):
        self._client, self._place = client, {"logGroupName": group, "logStreamName": stream}
        self._lock, self._made, self._sent = threading.Lock(), False, 0.0
        self._waiting: list[dict] = []

    def line(self, text: str) -> None:
        with self._lock:
            # An event has at least one character, and this service takes no more than 256 KiB of it.
            self._waiting.append({"timestamp": int(time.time() * 1000), "message": text[:250_000] or " "})
            if time.monotonic() - self._sent > PAUSE or len(self._waiting) >= 500:
                self._send()
            elif len(self._waiting) == 1:
                timer = threading.Timer(PAUSE, self.close)
                timer.daemon = True
                timer.start()

    def close(self) -> None:
        """Sends what waits."""
        with self._lock:
            self._send()

    def _send(self) -> None:
        if not self._waiting:
            return
        if not self._made:
            for make, member in (("create_log_group", "logGroupName"), ("create_log_stream", None)):
                with contextlib.suppress(self._client.exceptions.ResourceAlreadyExistsException):
                    place = {member: self._place[member]} if member else self._place
                    getattr(self._client, make)(**place)
            self._made = True
        events, self._waiting = self._waiting, []
        self._sent = time.monotonic()
        # A group that was deleted meanwhile is not made again, and its lines are lost, as on AWS.
        with contextlib.suppress(ClientError):
            self._client.put_log_events(**self._place, logEvents=events)
