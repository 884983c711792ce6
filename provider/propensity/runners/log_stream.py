"""A log stream of CloudWatch, read while it grows."""

from __future__ import annotations

from botocore.exceptions import ClientError


class LogStream:
    """Forwards the lines of the first stream of a group with this prefix, each once.

    :param logs: a client of CloudWatch Logs
    :param log: where the lines go
    """

    def __init__(self, logs, log, group: str, prefix: str) -> None:
        self.logs = logs
        self.log = log
        self.group = group
        self.prefix = prefix
        self.name: str | None = None
        self.position: dict[str, str] = {}
        self.last_line = ""
        self.unreadable = False

    def read(self) -> None:
        """Forwards new lines. A log that cannot be read is logged once, and does not fail the task."""
        if self.unreadable:
            return
        try:
            self.name = self.name or self._find()
            while self.name and self._read():
                pass
        except ClientError as error:
            if error.response["Error"]["Code"] != "ResourceNotFoundException":
                self.unreadable = True
                self.log.warning("the log %s cannot be read: %s", self.group, error)

    def _find(self) -> str | None:
        found = self.logs.describe_log_streams(logGroupName=self.group, logStreamNamePrefix=self.prefix, limit=1)
        return next((stream["logStreamName"] for stream in found["logStreams"]), None)

    def _read(self) -> bool:
        """Forwards a page; whether there may be more."""
        page = self.logs.get_log_events(
            logGroupName=self.group, logStreamName=self.name, startFromHead=True, **self.position
        )
        for event in page["events"]:
            self.last_line = event["message"].rstrip() or self.last_line
            self.log.info("%s", event["message"].rstrip())
        before, self.position = self.position, {"nextToken": page["nextForwardToken"]}
        return bool(page["events"]) and before != self.position
