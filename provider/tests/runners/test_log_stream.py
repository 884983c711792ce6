"""The lines of a log stream of CloudWatch, each once, also after a fault."""

from __future__ import annotations

import logging

from botocore.exceptions import ClientError

from propensity.runners.log_stream import LogStream


class Logs:
    """A client of CloudWatch Logs whose only stream may be unreadable for a while."""

    def __init__(self):
        self.lines = []
        self.is_readable = True

    def describe_log_streams(self, **_):
        return {"logStreams": [{"logStreamName": "stream"}]}

    def get_log_events(self, **page):
        if not self.is_readable:
            raise ClientError({"Error": {"Code": "ServiceUnavailableException"}}, "GetLogEvents")
        new = self.lines[int(page.get("nextToken", 0)) :]
        return {"events": [{"message": line} for line in new], "nextForwardToken": str(len(self.lines))}


def test_a_log_that_was_unreadable_for_a_while_is_forwarded_after_one_warning(caplog):
    caplog.set_level("INFO")
    log, logs, position = logging.getLogger("test"), Logs(), {}
    logs.lines += ["one"]
    LogStream(logs, "group", "prefix", position).read(log)
    logs.is_readable = False
    for _ in range(2):
        # As after a deferral.
        LogStream(logs, "group", "prefix", position).read(log)
    logs.is_readable = True
    logs.lines += ["two"]
    LogStream(logs, "group", "prefix", position).read(log)
    warning, *others = [record.message for record in caplog.records if record.levelname == "WARNING"]
    assert warning.startswith("the log group cannot be read") and not others
    assert [record.message for record in caplog.records if record.levelname == "INFO"] == ["one", "two"]
    assert position["last_line"] == "two"
