"""A pod's log, which can only be read from a second on, is forwarded line by line, each once."""

from __future__ import annotations

import logging

import pytest

from propensity.runners.pod_log import PodLog
from propensity.sdk import AirflowException


class Written:
    """A container's log, which grows between two reads."""

    def __init__(self):
        self.text = b""
        self.seconds = []

    def log(self, name, container, seconds):
        self.seconds.append(seconds)
        if isinstance(self.text, Exception):
            raise self.text
        return self.text


@pytest.fixture
def written():
    return Written()


@pytest.fixture
def forwarded(caplog):
    """The lines that a reader of the position forwards."""
    caplog.set_level(logging.INFO)

    def read(written, position):
        caplog.clear()
        PodLog(written, "pod", "base", position).read(logging.getLogger("task"))
        return caplog.messages

    return read


def test_each_line_is_forwarded_once(written, forwarded):
    position = {}
    written.text = b"2026-11-30T08:00:00.5Z one\n2026-11-30T08:00:00.51Z two\n"
    assert forwarded(written, position) == ["one", "two"]
    written.text = b"2026-11-30T08:00:00.51Z two\n2026-11-30T08:00:01.000000001Z three\n"
    assert forwarded(written, position) == ["three"]
    assert written.seconds[0] is None
    assert written.seconds[1] > 10


def test_lines_of_the_same_moment_are_different_lines(written, forwarded):
    position = {}
    written.text = b"2026-11-30T08:00:00Z one\n2026-11-30T08:00:00Z two\n"
    assert forwarded(written, position) == ["one", "two"]
    written.text += b"2026-11-30T08:00:00.0Z three\n2026-11-30T09:00:00.000+01:00 four\n2026-11-30T08:00:01Z five\n"
    assert forwarded(written, position) == ["three", "four", "five"]
    assert forwarded(written, position) == []


def test_the_last_line_is_not_an_empty_one(written, forwarded):
    position = {}
    written.text = b"2026-11-30T08:00:00Z one\n2026-11-30T08:00:01Z \nno log can be retrieved\n"
    assert forwarded(written, position) == ["one", ""]
    assert PodLog(written, "pod", "base", position).last_line == "one"


def test_a_log_that_cannot_be_read_is_logged_once(written, forwarded):
    position = {}
    written.text = AirflowException("cannot read a pod's log: forbidden")
    assert forwarded(written, position) == ["cannot read a pod's log: forbidden"]
    assert forwarded(written, position) == []
