"""The stack with MONITORING=1: its endpoints are watched, and the programs come back and go."""

from __future__ import annotations

import os
import signal

import pytest
import requests
from machine import free_ports, soon

from stack.servers import watching

pytestmark = pytest.mark.faults

PORTS = ("PROMETHEUS_PORT", "ALERTMANAGER_PORT", "BLACKBOX_PORT")


def test_prometheus_watches_all_endpoints_comes_back_and_goes(trained):
    missing = [name for name in watching.BINARIES if watching.binary(name) is None]
    if missing:
        pytest.skip(f"there is no {', '.join(missing)}: .ci/prometheus brings them")
    ports = {name: str(port) for name, port in zip(PORTS, free_ports(3), strict=True)}
    prometheus = f"http://127.0.0.1:{ports['PROMETHEUS_PORT']}"

    started = trained.make("start", MONITORING="1", **ports)
    assert started.returncode == 0
    assert "MONITORING=1: Prometheus, Alertmanager and the blackbox exporter start" in started.stdout
    assert trained.environment()["PROMETHEUS_URL"] == prometheus

    def up(expression: str) -> set[str]:
        try:
            found = requests.get(f"{prometheus}/api/v1/query", {"query": expression}, timeout=10).json()
        except requests.ConnectionError:
            return set()
        return {each["metric"].get("endpoint", "") for each in found["data"]["result"]}

    every = set(trained.settings().endpoints)
    assert soon(lambda: up('up{job="propensity"} == 1') == every, 60, lambda: up("up"))
    assert soon(lambda: up('probe_success{job="propensity-page"} == 1') == every, 60)
    # One without a model is idle, not down.
    api = 'probe_success{job="propensity-api"} == '
    assert soon(lambda: up(f"{api}0") | up(f"{api}1") == every, 60)
    assert "insurance-synthetic" in up(f"{api}1")
    idle = up("propensity_endpoint_idle == 1")
    assert idle and idle <= up(f"{api}0")
    status = trained.make("status").stdout
    for name, port in ports.items():
        assert f"http://127.0.0.1:{port}" in status, name

    process = trained.supervisor().getProcessInfo("prometheus")["pid"]
    os.kill(process, signal.SIGKILL)
    soon(lambda: trained.supervisor().getProcessInfo("prometheus")["pid"] not in (0, process), 30)
    # What it knew before.
    assert soon(lambda: up('max_over_time(up{job="propensity"}[1h])') == every, 60)

    again = trained.make("start")
    assert again.returncode == 0
    assert "MONITORING" not in again.stdout
    stopped = trained.make("start", MONITORING="0")
    assert stopped.returncode == 0
    assert not up("up")
    assert "prometheus" not in {each["name"] for each in trained.supervisor().getAllProcessInfo()}
