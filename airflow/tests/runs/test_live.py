from __future__ import annotations

import re
import sys

from rich.console import Console

from stack import terminal
from stack.runs import live, reasons


def task(**fields):
    return {
        "task_id": "train",
        "state": "success",
        "duration": 4.25,
        "try_number": 1,
        "start_date": None,
        "map_index": -1,
    } | fields


def test_a_line_shows_state_and_seconds_and_tries_only_above_one():
    assert str(live.row(task())).split() == ["train", "success", "4.2", "s"]
    assert str(live.row(task(state="failed", try_number=3))).split()[-2:] == ["3", "tries"]


def test_a_line_shows_why_a_task_is_retried():
    line = str(live.row(task(state="up_for_retry", try_number=2, reason="S3 does not answer\nat all")))
    assert line.endswith("2 tries: S3 does not answer")


def test_a_task_that_never_ran_has_no_seconds():
    assert str(live.row(task(state="upstream_failed", duration=0.0, try_number=0))).split() == ["train", "not", "run"]


def test_without_a_terminal_each_end_of_a_try_is_one_line(capsys):
    screen = live._Plain()

    for _ in range(3):
        screen.show([task(), task(task_id="evaluate", state="running")])

    assert capsys.readouterr().out.count("\n") == 1


def test_many_instances_of_a_task_are_one_line():
    tasks = [task(task_id="fit", map_index=place) for place in range(3)]
    tasks += [
        task(task_id="fit", map_index=3, state="running", duration=None),
        task(task_id="fit", map_index=4, state="up_for_retry", duration=1.0),
        task(task_id="fit", map_index=5, state=None, duration=None, try_number=0),
        task(task_id="compare", state=None, duration=None, try_number=0),
    ]
    many, one = map(str, live.rows(tasks))
    assert many.split()[:4] == ["fit", "3/6", "13.8", "s"]
    assert many.endswith("1 running, 1 waiting for the next try, 1 waiting")
    assert one.split() == ["compare", "waiting"]


def test_without_a_terminal_the_end_of_each_instance_is_printed(capsys):
    live._Plain().show([task(task_id="fit", map_index=place) for place in range(2)])
    said = capsys.readouterr().out
    assert "fit[0]" in said
    assert "fit[1]" in said


def test_a_running_task_shows_what_its_jar_reported_last():
    events = [
        {"event": "INFO learning from 100 rows with 2 threads", "logger": "airflow.task.operators.jar"},
        {"event": "something of Airflow's", "logger": "airflow.task"},
    ]
    assert reasons.progress(events) == "learning from 100 rows with 2 threads"
    assert reasons.progress([]) == ""
    row = live.row(task(state="running", duration=3.0, progress=reasons.progress(events)))
    assert row.note == "learning from 100 rows with 2 threads"


def test_a_terminal_shows_the_tasks_in_one_place_and_lines_about_the_run_above(monkeypatch, capsys):
    monkeypatch.setattr(terminal, "console", lambda: Console(width=40, force_terminal=True, file=sys.stdout))
    with live._Terminal() as _:
        pass
    screen = live._Terminal()
    with screen:
        screen.show([task(), task(task_id="evaluate", state=None, try_number=0, duration=None)])
        screen.print_lines(["waiting for another run"])
        screen.show([task(), task(task_id="evaluate", state="failed", try_number=2, reason="x" * 100)])
    said = capsys.readouterr().out
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", said)
    assert "waiting for another run\n" in plain.replace("\r", "")
    lines = [line.rstrip() for line in plain.replace("\r", "\n").splitlines()]
    assert max(map(len, lines)) <= 40
    assert any(line.split()[:2] == ["evaluate", "failed"] and "2 tries" in line for line in lines)
