"""What the Docker runner does where the engine cannot tell whether memory ran out."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
import requests
import urllib3
from docker.errors import APIError

from propensity.runners import contract
from propensity.runners.docker_runner import DockerJarOperator

STATE = {"OOMKilled": False, "ExitCode": contract.KILLED}


class Events:
    """A stream of events that may break."""

    def __init__(self, events, error=None):
        self.events = events
        self.error = error
        self.closed = False

    def __iter__(self):
        yield from self.events
        if self.error:
            raise self.error

    def close(self):
        self.closed = True


@pytest.fixture
def operator(monkeypatch):
    """A Docker runner whose container was killed, by the engine's events."""

    def made(events) -> DockerJarOperator:
        monkeypatch.setattr(DockerJarOperator, "cli", SimpleNamespace(events=events))
        runner = DockerJarOperator(task_id="greedy", jar="greedy", options={})
        runner.container = {"Id": "c0ffee"}
        return runner

    return made


@pytest.mark.parametrize("events", [[], [{"Action": "oom"}]])
def test_reads_the_events_and_closes_them(operator, events):
    stream = Events(events)
    assert operator(lambda **_: stream)._is_out_of_memory(STATE) == bool(events)
    assert stream.closed


@pytest.mark.parametrize(
    "error",
    [
        APIError("the engine is stopping"),
        requests.exceptions.ReadTimeout("read timed out"),
        urllib3.exceptions.ReadTimeoutError(None, "/events", "read timed out"),
    ],
)
def test_an_engine_that_does_not_answer_does_not_hide_the_failure(operator, error):
    def broken(**_):
        raise error

    assert not operator(broken)._is_out_of_memory(STATE)
    assert not operator(lambda **_: Events([], error))._is_out_of_memory(STATE)
