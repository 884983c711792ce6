"""Restarts as supervisord's log shows them, and what status prints of them."""

from __future__ import annotations

from datetime import datetime

import pytest

from stack.servers import restarts

LOG = """\
2026-11-28 21:00:00,001 INFO supervisord started with pid 10
2026-11-28 21:01:00,000 INFO exited: s3 (exit status 143; expected)
2026-11-28 21:05:00,000 INFO supervisord started with pid 20
2026-11-28 21:05:01,000 INFO spawned: 'mlflow' with pid 21
2026-11-28 21:05:02,000 INFO success: mlflow entered RUNNING state
2026-11-28 21:06:00,000 WARN exited: mlflow (terminated by SIGKILL; not expected)
2026-11-28 21:14:00,482 INFO exited: mlflow (exit status 0; expected)
2026-11-28 21:14:30,000 INFO stopped: endpoint-insurance (terminated by SIGTERM)
2026-11-28 21:14:40,000 WARN exited: endpoint-insurance (terminated by SIGKILL; not expected)
"""


def at(clock: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-28 {clock}")


def test_counts_the_ends_of_the_last_minutes_since_supervisords_start(tmp_path):
    log = tmp_path / "supervisord.log"
    log.write_text(LOG)

    assert restarts.recent(log, at("21:15:00")) == {
        "mlflow": [at("21:06:00"), at("21:14:00")],
        "endpoint-insurance": [at("21:14:40")],
    }
    assert restarts.recent(log, at("21:20:00"))["mlflow"] == [at("21:14:00")]


def test_without_a_log_nothing_was_restarted(tmp_path):
    assert restarts.recent(tmp_path / "none", at("21:15:00")) == {}


@pytest.mark.parametrize(
    ("supervised", "ends", "state"),
    [
        ("RUNNING", [], "running"),
        # Killed twice, and up again.
        ("RUNNING", ["21:14:50", "21:14:58"], "running"),
        # It lives for 9 s each time, and has been up for 5 s.
        ("RUNNING", ["21:14:37", "21:14:46", "21:14:55"], "restarting"),
        ("STARTING", ["21:14:41", "21:14:50", "21:14:59"], "restarting"),
        # It lived for 9 s each time, and has now been up for 19 s.
        ("RUNNING", ["21:14:23", "21:14:32", "21:14:41"], "running"),
        ("BACKOFF", [], "restarting"),
        ("STOPPED", ["21:14:41", "21:14:50", "21:14:59"], "stopped"),
    ],
)
def test_what_does_not_stay_up_is_restarting(supervised, ends, state):
    assert restarts.state(supervised, [at(end) for end in ends], at("21:15:00")) == state


@pytest.mark.parametrize(
    ("count", "words"), [(0, ""), (1, "restarted once in 10 minutes"), (6, "restarted 6 times in 10 minutes")]
)
def test_shows_how_often_a_program_was_restarted(count, words):
    assert restarts.described([at("21:14:00")] * count) == words
