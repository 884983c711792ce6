from __future__ import annotations

from stack.runs import live


def task(**fields):
    return {
        "task_id": "train",
        "state": "success",
        "duration": 4.25,
        "try_number": 1,
        "start_date": None,
        "map_index": -1,
    } | fields


def test_a_line_says_state_seconds_and_tries():
    assert live.line(task()).split() == ["train", "success", "4.2", "s", "1", "try"]
    assert live.line(task(state="failed", try_number=3)).split()[-2:] == ["3", "tries"]


def test_a_line_says_why_a_task_is_tried_again():
    line = live.line(task(state="up_for_retry", why="S3 does not answer\nat all"))
    assert line.endswith("1 try: S3 does not answer")


def test_a_task_that_never_ran_has_no_seconds():
    assert live.line(task(state="upstream_failed", duration=0.0, try_number=0)).split() == ["train", "not", "run"]


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
    many, one = live.lines(tasks)
    assert many.split()[:4] == ["fit", "3/6", "13.8", "s"]
    assert many.endswith("1 running, 1 waiting for the next try, 1 waiting")
    assert one.split() == ["compare", "waiting"]


def test_without_a_terminal_each_instance_tells_of_its_end(capsys):
    live._Plain().show([task(task_id="fit", map_index=place) for place in range(2)])
    said = capsys.readouterr().out
    assert "fit[0]" in said
    assert "fit[1]" in said


def test_a_line_about_the_whole_run_stays_above_the_tasks_of_a_terminal(capsys):
    screen = live._Terminal()
    screen.show([task(), task(task_id="evaluate", state=None, try_number=0)])
    capsys.readouterr()

    screen.say(["waiting for another run"])
    screen.show([task()])

    assert capsys.readouterr().out.startswith("\x1b[2A\x1b[Jwaiting for another run\n\x1b[2K  train ")
