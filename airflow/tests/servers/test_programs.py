"""The programs of the stack: which of them start last, and how they are stopped."""

from __future__ import annotations

import configparser

import pytest

from stack.configuration.settings import DEFAULT_PORTS, Settings
from stack.servers import supervision
from stack.servers.programs import programs


@pytest.fixture
def settings():
    keys = {"s3_id": "id", "s3_secret": "secret"}
    return Settings(ports=dict(DEFAULT_PORTS), endpoints={"insurance": 8081}, keys=keys)


def test_only_the_triggerer_starts_after_all_others(settings):
    assert [program.name for program in programs(settings) if program.late] == ["airflow-triggerer"]


def test_all_programs_get_time_to_end_except_the_triggerer(settings):
    written = configparser.RawConfigParser()
    written.read_string(supervision._configuration(programs(settings)))
    signals = {name: written[f"program:{name}"]["stopsignal"] for name in [each.name for each in programs(settings)]}
    assert signals.pop("airflow-triggerer") == "KILL"
    assert set(signals.values()) == {"TERM"}
