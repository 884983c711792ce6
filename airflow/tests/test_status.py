"""What the status shows."""

from __future__ import annotations

import json

import pytest

from command_line import status as command
from stack import status


def running(*states: str) -> status.Status:
    programs = [
        status.ProgramStatus(f"program-{number}", state, "", "", "", "") for number, state in enumerate(states, 1)
    ]
    return status.Status("1.2.3", "0123", "process", "http://a", "admin", "/password", programs, True, None)


@pytest.mark.parametrize(
    ("states", "code", "health"),
    [
        (["running", "running"], 0, "all 2 programs are running"),
        (
            ["running", "restarting", "stopped"],
            1,
            "2 of 3 programs are not running: program-2 is restarting, program-3 is stopped",
        ),
    ],
)
def test_shows_whether_all_programs_are_running(states, code, health, monkeypatch, capsys):
    monkeypatch.setattr(status, "read", lambda: running(*states))
    assert command.show(as_json=False) == code
    assert f"  health             {health}\n" in capsys.readouterr().out
    assert command.show(as_json=True) == code
    assert json.loads(capsys.readouterr().out)["healthy"] == (code == 0)
