"""The rules and examples in monitoring/: promtool and amtool accept them, and each alert is tested and explained."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
import yaml

from stack import paths
from stack.servers import watching

FOLDER = watching.FOLDER
RULES = [
    rule
    for file in sorted(FOLDER.glob("rules/*.yml"))
    for group in yaml.safe_load(file.read_text())["groups"]
    for rule in group["rules"]
]
ALERTS = [rule for rule in RULES if "alert" in rule]
NAMES = sorted({rule["alert"] for rule in ALERTS})
PAGE = (paths.PROJECT / "docs" / "alerts.md").read_text()


def run(program: str, *words: str | Path) -> str:
    """Runs one of the programs in the folder, which must succeed."""
    found = watching.binary(program)
    if found is None:
        pytest.skip(f"there is no {program}: .ci/prometheus brings it")
    done = subprocess.run([found, *words], cwd=FOLDER, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_promtool_accepts_the_configuration_and_the_rules():
    assert "FAILED" not in run("promtool", "check", "config", "prometheus.yml")
    run("promtool", "check", "rules", "--lint-fatal", *sorted(FOLDER.glob("rules/*.yml")))


def test_each_alert_fires_and_is_silent_as_its_tests_expect():
    run("promtool", "test", "rules", *sorted(FOLDER.glob("tests/*.yml")))


def test_alertmanager_and_the_blackbox_exporter_accept_their_examples():
    run("amtool", "check-config", "alertmanager.yml")
    run("blackbox", "--config.check", "--config.file=blackbox.yml")


@pytest.mark.parametrize(
    ("labels", "receiver"),
    [(["alertname=PropensityEndpointDown", "severity=critical"], "pages"), (["severity=warning"], "tickets")],
)
def test_alerts_go_to_people_by_their_severity(labels, receiver):
    assert run("amtool", "config", "routes", "test", "--config.file=alertmanager.yml", *labels).strip() == receiver


def test_each_alert_is_expected_in_a_test():
    tests = "".join(file.read_text() for file in FOLDER.glob("tests/*.yml"))
    assert set(re.findall(r'alertname="(\w+)"', tests)) == set(NAMES)


@pytest.mark.parametrize("rule", ALERTS, ids=lambda rule: rule["alert"] + rule["labels"].get("window", ""))
def test_each_alert_says_what_is_wrong_and_what_to_do(rule):
    name = rule["alert"]
    assert rule["labels"]["severity"] in ("critical", "warning")
    assert set(rule["annotations"]) == {"summary", "description", "runbook_url"}
    assert "$labels." in rule["annotations"]["summary"]
    assert rule["annotations"]["runbook_url"] == f"docs/alerts.md#{name.lower()}"
    assert f"\n### {name}\n" in PAGE
    assert f"| [`{name}`](#{name.lower()}) |" in PAGE


def test_the_page_has_no_other_alerts():
    assert sorted(re.findall(r"^### (Propensity\w+)$", PAGE, re.MULTILINE)) == NAMES
