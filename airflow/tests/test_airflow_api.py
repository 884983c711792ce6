from __future__ import annotations

import time

import pytest
from machine import free_ports
from requests import Response, Session

from stack.airflow_api import AirflowApi, Stopped
from stack.configuration.settings import Settings
from stack.runs import live


@pytest.fixture
def settings():
    """Of a stack that is not there."""
    names = ("AIRFLOW_PORT", "MLFLOW_PORT", "S3_PORT")
    return Settings(dict(zip(names, free_ports(3), strict=True)), keys={"airflow_password": "x"})


def test_reports_at_once_that_the_stack_was_stopped(settings):
    begun = time.monotonic()

    with pytest.raises(Stopped, match=r"the stack was stopped; .* make start: http://page") as failure:
        live.follow(AirflowApi(settings, still_runs=lambda: False), "insurance_training", "1", "http://page")

    assert failure.value.code == 1
    assert time.monotonic() - begun < 5


def test_waits_for_an_api_server_that_restarts(settings):
    answers = iter([True, True, False])

    with pytest.raises(Stopped):
        AirflowApi(settings, still_runs=lambda: next(answers)).call("GET", "/version")

    assert next(answers, None) is None


def test_retries_where_the_database_is_locked_for_a_moment(settings, monkeypatch):
    answers = iter([(500, b'{"detail": {"reason": "Database error"}}'), (200, b'{"version": "3"}')])

    def answer(*_, **__):
        response = Response()
        response.status_code, response._content = next(answers)
        return response

    monkeypatch.setattr(Session, "request", answer)
    assert AirflowApi(settings).call("GET", "/version") == {"version": "3"}
