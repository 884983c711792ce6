"""The log of a pod's container, read while it grows."""

from __future__ import annotations

import math
import re
import time
from datetime import datetime
from logging import Logger
from typing import Any

from propensity.runners.log_lines import forward, log_lines
from propensity.runners.pods import Pods
from propensity.sdk import AirflowException

TIME = re.compile(r"(?P<seconds>[\d-]+T[\d:]+)(?:\.(?P<fraction>\d{1,9}))?(?P<zone>Z|[+-]\d\d:\d\d)")

OVERLAP_SECONDS = 10
"""How much more is read again than the time that has passed, since clocks differ."""


class PodLog:
    """Forwards the lines of a container, each once.

    A log can only be read from a second on. So each read overlaps the one before, and skips lines by the time of
    their writing.

    :param position: how far the log was read; changed as it is read, so that another process can go on
    """

    def __init__(self, pods: Pods, pod: str, container: str, position: dict[str, Any]) -> None:
        self.pods = pods
        self.pod = pod
        self.container = container
        self.position = position

    @property
    def last_line(self) -> str:
        """The last line that was forwarded, empty where there was none."""
        return self.position.get("last_line", "")

    def read(self, log: Logger) -> None:
        """Forwards new lines. A log that cannot be read is logged once, and does not fail the task."""
        try:
            text = self.pods.log(self.pod, self.container, self._seconds())
        except AirflowException as error:
            if self.position.get("unreadable") != str(error):
                self.position["unreadable"] = str(error)
                log.warning("%s", error)
            return
        before, skipped = dict(self.position), 0
        for line in log_lines([text]):
            written, _, message = line.partition(" ")
            moment = _nanoseconds(written)
            if moment is None or moment < before.get("time", 0):
                continue
            if moment == before.get("time") and skipped < before["lines"]:
                skipped += 1
                continue
            self._forward(moment, message, log)

    def _forward(self, moment: int, message: str, log: Logger) -> None:
        # Several lines may have been written at the same moment.
        self.position["lines"] = self.position["lines"] + 1 if self.position.get("time") == moment else 1
        self.position["time"] = moment
        self.position["last_line"] = message or self.last_line
        forward(log, message)

    def _seconds(self) -> int | None:
        """How many of the last seconds must be read; none: all."""
        if "time" not in self.position:
            return None
        passed = time.time() - self.position["time"] / 1e9
        return max(1, math.ceil(passed) + OVERLAP_SECONDS)


def _nanoseconds(written: str) -> int | None:
    """A time of the API, such as 2026-11-30T08:00:00.123456789Z, since 1970; none where it is another text."""
    parts = TIME.fullmatch(written)
    if parts is None:
        return None
    seconds = datetime.fromisoformat(parts["seconds"] + parts["zone"].replace("Z", "+00:00")).timestamp()
    return int(seconds) * 10**9 + int(f"{parts['fraction'] or '0':0<9}")
