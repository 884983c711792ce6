"""Prometheus, Alertmanager and the blackbox exporter of the stack: their configuration and commands."""

from __future__ import annotations

import json
import re

import pytest

from stack import paths
from stack.configuration.settings import DEFAULT_PORTS, Settings
from stack.failure import Failure
from stack.servers import watching
from stack.servers.programs import programs

NAMES = {"prometheus", "alertmanager", "blackbox"}


@pytest.fixture
def settings():
    keys = {"s3_id": "id", "s3_secret": "secret"}
    ports = {**DEFAULT_PORTS, "PROMETHEUS_PORT": 19090, "ALERTMANAGER_PORT": 19093, "BLACKBOX_PORT": 19115}
    endpoints = {"insurance": 8081, "insurance-synthetic": 8181}
    return Settings(ports=ports, endpoints=endpoints, keys=keys, backup=True, monitoring=True)


def test_they_run_with_monitoring_alone_and_listen_on_this_machine_only(settings):
    found = {program.name: program for program in programs(settings) if program.name in NAMES}
    assert set(found) == NAMES
    for name, program in found.items():
        [address] = [word for word in program.command if word.startswith("--web.listen-address=")]
        assert address == f"--web.listen-address=127.0.0.1:{settings.ports[name.upper() + '_PORT']}"
    assert "--cluster.listen-address=" in found["alertmanager"].command
    off = Settings(ports=settings.ports, endpoints=settings.endpoints, keys=settings.keys)
    assert not NAMES & {program.name for program in programs(off)}
    assert not off.monitoring_urls
    assert "PROMETHEUS_PORT" not in off.used_ports


def test_prometheus_has_the_stacks_servers_and_ports_and_the_projects_rules(settings):
    written = {file.name: json.loads(content) for file, content in watching.files(settings).items()}
    assert written["endpoints.json"] == [
        {"targets": ["127.0.0.1:8081", "127.0.0.1:8281"], "labels": {"endpoint": "insurance"}},
        {"targets": ["127.0.0.1:8181", "127.0.0.1:8381"], "labels": {"endpoint": "insurance-synthetic"}},
    ]
    prometheus = written["prometheus.yml"]
    assert prometheus["rule_files"] == [f"{paths.PROJECT}/monitoring/rules/*.yml"]
    text = json.dumps(prometheus)
    assert set(re.findall(r"127\.0\.0\.1:(\d+)", text)) == {"19093", "19115"}
    assert [job["file_sd_configs"] for job in prometheus["scrape_configs"]] == 3 * [
        [{"files": [f"{paths.STATE}/monitoring/endpoints.json"]}]
    ]


def test_a_changed_rule_restarts_them(settings, tmp_path, monkeypatch):
    before = watching.version(settings)
    assert watching.version(settings) == before
    copy = tmp_path / "monitoring"
    (copy / "rules").mkdir(parents=True)
    for file in (*watching.FOLDER.glob("*.yml"), *watching.FOLDER.glob("rules/*.yml")):
        (copy / file.relative_to(watching.FOLDER)).write_bytes(file.read_bytes())
    monkeypatch.setattr(watching, "FOLDER", copy)
    with (copy / "rules" / "drift.yml").open("a") as rules:
        rules.write("# changed\n")
    assert watching.version(settings) != before


def test_a_missing_program_is_one_line_with_the_packages(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(paths, "ENVIRONMENTS", tmp_path)
    (tmp_path / "prometheus").touch(mode=0o755)
    with pytest.raises(Failure) as failure:
        watching.check_installed()
    assert str(failure.value) == (
        "MONITORING=1, but alertmanager, blackbox cannot be found; Debian and Ubuntu: apt-get install "
        "prometheus prometheus-alertmanager prometheus-blackbox-exporter; or start without: MONITORING=0"
    )
    assert failure.value.code == 2


def test_programs_that_ci_has_unpacked_are_found(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    monkeypatch.setattr(paths, "ENVIRONMENTS", tmp_path)
    program = tmp_path / "prometheus/usr/bin/prometheus-alertmanager"
    program.parent.mkdir(parents=True)
    program.touch(mode=0o755)
    assert watching.binary("alertmanager") == str(program)
    assert watching.binary("promtool") is None
