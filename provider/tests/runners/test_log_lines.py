"""The levels of a jar's lines."""

from __future__ import annotations

import logging

import pytest

from propensity.runners.log_lines import forward


@pytest.mark.parametrize(
    ("line", "level", "text"),
    [
        ("ERROR no such bucket", logging.ERROR, "no such bucket"),
        ("WARN a doubt", logging.WARNING, "a doubt"),
        ("INFO 3 rows", logging.INFO, "3 rows"),
        ("s3://bucket/key", logging.INFO, "s3://bucket/key"),
        ("INFORMATION", logging.INFO, "INFORMATION"),
        ("ERROR", logging.INFO, "ERROR"),
    ],
)
def test_a_line_has_the_level_that_it_begins_with(caplog, line, level, text):
    log = logging.getLogger("a task")
    with caplog.at_level(logging.DEBUG):
        forward(log, line)
    assert [(record.levelno, record.getMessage()) for record in caplog.records] == [(level, text)]
