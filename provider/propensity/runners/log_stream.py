"""A log stream of CloudWatch, read while it grows."""

from __future__ import annotations

from logging import Logger
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from propensity.runners.log_lines import forward

MISSING = "ResourceNotFoundException"


class LogStream:
    """Forwards the lines of the first stream of a group with this prefix, each once.

    :param logs: a client of CloudWatch Logs
    :param position: how far the stream was read; changed as it is read, so that another process can go on
    """

    def __init__(self, logs, group: str, prefix: str, position: dict[str, Any]) -> None:
        self.logs = logs
        self.group = group
        self.prefix = prefix
        self.position = position

    @property
    def last_line(self) -> str:
        """The last line that was forwarded, empty where there was none."""
        return self.position.get("last_line", "")

    def read(self, log: Logger) -> None:
        """Forwards new lines. A log that cannot be read is tried again; it is logged once, and fails no task."""
        try:
            if "stream" not in self.position:
                self._find()
            while "stream" in self.position and self._read(log):
                pass
        except (BotoCoreError, ClientError) as error:
            is_missing = isinstance(error, ClientError) and error.response["Error"]["Code"] == MISSING
            if not is_missing and not self.position.get("unreadable"):
                self.position["unreadable"] = True
                log.warning("the log %s cannot be read: %s", self.group, error)

    def _find(self) -> None:
        found = self.logs.describe_log_streams(logGroupName=self.group, logStreamNamePrefix=self.prefix, limit=1)
        for stream in found["logStreams"]:
            self.position["stream"] = stream["logStreamName"]

    def _read(self, log: Logger) -> bool:
        """Forwards a page; whether there may be more."""
        before = self.position.get("token")
        page = self.logs.get_log_events(
            logGroupName=self.group,
            logStreamName=self.position["stream"],
            startFromHead=True,
            **({"nextToken": before} if before else {}),
        )
        for event in page["events"]:
            self.position["last_line"] = event["message"].rstrip() or self.last_line
            forward(log, event["message"].rstrip())
        self.position["token"] = page["nextForwardToken"]
        return bool(page["events"]) and before != self.position["token"]
