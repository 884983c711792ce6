from __future__ import annotations

import pytest

from stack.configuration.settings import Settings
from stack.runs import failed
from stack.runs.source import Source

JAR = "airflow.task.operators.propensity.process_runner.ProcessJarOperator"
PORTS = {"AIRFLOW_PORT": 8080, "MLFLOW_PORT": 5000, "S3_PORT": 9000}
FILE = Source("my rows.csv", param="s3://b/inbox/1/my_rows.csv", uri="s3://b/inbox/1/my_rows.csv")


def log(exception: str, reason: str, *said: str) -> list[dict]:
    """A task's log as Airflow keeps it: its own lines, the jar's, and the reason twice."""
    return [
        {"event": "::group::Pre Execute", "logger": "task"},
        {"event": "DAG bundles loaded: dags-folder", "logger": "airflow.dag_processing"},
        *({"event": line, "logger": JAR} for line in said),
        {
            "event": "Task failed with exception",
            "logger": "task",
            "error_detail": [{"exc_type": exception, "exc_value": reason}],
        },
        {
            "event": f"insurance_training: train failed in run 1: {reason}",
            "logger": "propensity.notifications.notifiers",
        },
        {"event": "::endgroup::", "logger": "task"},
    ]


class Api:
    """Airflow, as far as logs go."""

    def __init__(self, *log: dict):
        self._log = list(log)

    def call(self, method, path, **arguments):
        assert "/logs/" in path
        return {"content": self._log}


def task(name: str, **fields) -> dict:
    return {"task_id": name, "state": "failed", "map_index": -1, "try_number": 1} | fields


def printed(capsys, api: Api, *tasks: dict) -> tuple[int, list[str]]:
    code = failed.report(api, Settings(PORTS), "insurance_training", "1", list(tasks), FILE)
    return code, capsys.readouterr().out.splitlines()


def test_an_error_of_the_user_is_printed_once_and_last(capsys):
    rejection = log("AirflowFailException", "no learner 'x'; there are y", "ERROR no learner 'x'; there are y")

    code, lines = printed(capsys, Api(*rejection), task("train"), task("evaluate", state="upstream_failed"))

    assert code == 2
    assert lines[-1] == "insurance_training on my rows.csv failed in train: no learner 'x'; there are y"
    assert "\n".join(lines).count("no learner") == 1
    assert any(line.startswith("train failed; log: http://127.0.0.1:8080/dags/") for line in lines)


def test_the_jars_last_lines_are_above_the_reason_of_another_error(capsys):
    broken = log("AirflowException", "exit code 1: at Foo", "ERROR internal error", "  at Bar", "  at Foo")

    code, lines = printed(capsys, Api(*broken), task("train"))

    assert code == 1
    assert lines[-1].endswith("failed in train: exit code 1: at Foo")
    assert "  ERROR internal error" in lines
    assert not any("DAG bundles" in line for line in lines)


def test_an_unavailable_server_is_reported_in_the_jars_words(capsys):
    away = log("AirflowException", "exit code 1: ERROR S3 does not answer", "WARN again", "ERROR S3 does not answer")

    code, lines = printed(capsys, Api(*away), task("train"))

    assert code == 1
    assert lines[-1].endswith("failed in train: S3 does not answer")
    assert "  WARN again" in lines
    assert "\n".join(lines).count("S3 does not answer") == 1


def test_the_source_is_named_as_it_was_typed(capsys):
    rejection = log("AirflowFailException", f"{FILE.uri} has a header and no rows")

    _, lines = printed(capsys, Api(*rejection), task("download"))

    assert lines[-1].endswith("failed in download: my rows.csv has a header and no rows")


@pytest.mark.parametrize("content", [[], [{"event": "Worker startup", "logger": "task"}]])
def test_a_task_that_was_killed_has_no_reason_but_its_last_lines(capsys, content):
    code, lines = printed(capsys, Api(*content), task("train"))

    assert code == 1
    assert lines[-1].endswith("failed in train: its process was killed")
    assert [line for line in lines if line.startswith("  ")] == [f"  {event['event']}" for event in content]


def test_of_many_instances_the_first_speaks(capsys):
    rejection = log("AirflowFailException", "no such column")

    _, lines = printed(capsys, Api(*rejection), *(task("fit", map_index=place) for place in range(3)))

    assert any(line.startswith("fit[0] failed (and 2 other instances)") for line in lines)
    assert lines[-1].endswith("failed in fit[0]: no such column")


def test_a_run_that_was_marked_failed_has_its_page(capsys):
    code, lines = printed(capsys, Api(), task("train", state="success"))

    assert code == 1
    assert lines[-1] == "insurance_training on my rows.csv failed: see the run's page"
