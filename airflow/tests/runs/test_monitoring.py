"""What make monitor prints."""

from __future__ import annotations

import pytest

from stack.runs import monitoring

NOTICE = {"level": "notice", "subject": "Age"}
ALARM = {"level": "alarm", "subject": "Vintage"}


@pytest.mark.parametrize(
    "verdict, reasons, said",
    [
        ("alarm", [ALARM, ALARM, NOTICE], "alarm (Vintage)"),
        ("notice", [NOTICE], "notice (Age)"),
        ("learning", [NOTICE], "learning (Age)"),
        ("learning", [], "learning"),
    ],
)
def test_the_verdict_has_its_columns(verdict, reasons, said):
    assert monitoring.said({"verdict": verdict, "reasons": reasons}) == said
