from __future__ import annotations

from stack import live


def task(**fields):
    return {"task_id": "train", "state": "success", "duration": 4.25, "try_number": 1, "start_date": None} | fields


def test_a_line_says_state_seconds_and_tries():
    assert live.line(task()).split() == ["train", "success", "4.2", "s", "1", "try"]
    assert live.line(task(state="failed", try_number=3)).split()[-2:] == ["3", "tries"]


def test_a_task_that_never_ran_has_no_seconds():
    assert live.line(task(state="upstream_failed", duration=0.0, try_number=0)).split() == ["train", "not", "run"]


def test_without_a_terminal_each_end_of_a_try_is_one_line(capsys):
    screen = live._Plain()

    for _ in range(3):
        screen.show([task(), task(task_id="evaluate", state="running")])

    assert capsys.readouterr().out.count("\n") == 1
