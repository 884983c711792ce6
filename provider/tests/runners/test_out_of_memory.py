"""What the Docker runner does where the engine cannot tell whether memory ran out."""

from __future__ import annotations

import logging
from types import SimpleNamespace

import pytest
import requests
import urllib3
from docker.errors import APIError

from propensity.runners import contract
from propensity.runners.docker_container import DockerContainer


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


def killed(events) -> DockerContainer:
    """A container that was killed, with the engine's events."""
    engine = SimpleNamespace(events=events, inspect_container=lambda _: {"State": {"OOMKilled": False}})
    return DockerContainer(engine, "c0ffee", logging.getLogger(__name__))


@pytest.mark.parametrize("events", [[], [{"Action": "oom"}]])
def test_reads_the_events_and_closes_them(events):
    stream = Events(events)
    assert killed(lambda **_: stream).ran_out_of_memory(contract.KILLED) == bool(events)
    assert stream.closed


@pytest.mark.parametrize(
    "error",
    [
        APIError("the engine is stopping"),
        requests.exceptions.ReadTimeout("read timed out"),
        urllib3.exceptions.ReadTimeoutError(None, "/events", "read timed out"),
    ],
)
def test_an_engine_that_does_not_answer_does_not_hide_the_failure(error):
    def broken(**_):
        raise error

    assert not killed(broken).ran_out_of_memory(contract.KILLED)
    assert not killed(lambda **_: Events([], error)).ran_out_of_memory(contract.KILLED)
