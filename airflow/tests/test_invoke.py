"""What make invoke prints."""

from __future__ import annotations

from pathlib import Path

import pytest

from stack import jars
from stack.invoke import summary

FILE = Path("models/invoked-customers.csv")


def test_prints_the_result_its_warnings_and_last_the_file():
    reason = "1,200 rows scored by customers/1@0123 of http://127.0.0.1:8081, 7 of them selected"
    assert summary(reason, ["INFO CSV: comma"], FILE) == [("scored", reason), ("file", str(FILE))]
    log = ["INFO 1,000 rows scored", "WARN 2 rows have a duplicate identifier"]
    assert summary(f"{reason}; WARNING: town: unseen", log, FILE) == [
        ("scored", reason),
        ("WARNING", "town: unseen"),
        ("note", "2 rows have a duplicate identifier"),
        ("file", str(FILE)),
    ]


@pytest.mark.parametrize(
    ("log", "printed"),
    [
        (
            "INFO 1,000 rows\nERROR http://host/invocations returned 503: no model",
            "http://host/invocations returned 503: no model",
        ),
        ("INFO 1\nERROR internal error: report it\n\tat dev.A", "internal error: report it\n\tat dev.A"),
        ("no java", "no java"),
    ],
)
def test_prints_the_error_of_a_failure_and_not_the_log(tmp_path, monkeypatch, capsys, log, printed):
    launcher = tmp_path / "propensity"
    launcher.write_text("#!/bin/sh\nprintf '%s\\n' \"$LOG\" >&2\nexit 1\n")
    launcher.chmod(0o755)
    monkeypatch.setattr(jars, "LAUNCHER", launcher)
    assert jars.run_with_log({"LOG": log}, "invoke")[0].code == 1
    assert capsys.readouterr().err == f"{printed}\n"
