"""A real Prometheus and Alertmanager page for an endpoint that drifts, is slow, and is stopped."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from faster import FASTER, faster
from machine import listening, sockets_of, soon
from watched import NAME, watched

from stack import paths
from stack.servers import watching

pytestmark = pytest.mark.faults

METRIC = re.compile(r"\bpropensity_[a-z_]+|\bprobe_[a-z_]+")


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory):
    missing = [name for name in watching.BINARIES if watching.binary(name) is None]
    if missing:
        pytest.skip(f"there is no {', '.join(missing)}: .ci/prometheus brings them")
    if not (paths.BUILT_JARS / "code.sha256").exists():
        pytest.skip("the jars are not built: make build")
    with watched(tmp_path_factory.mktemp("watched")) as one:
        yield one


def test_times_are_divided_and_nothing_else():
    rule = {
        "record": "endpoint:x:ratio_rate3d",
        "expr": 'sum(rate(x{le="0.25"}[3d] offset 1h)) > 14.4 * 0.001 + 4 * 3600',
        "for": "2m",
    }
    assert faster({"interval": "15s", "rules": [rule]}) == {
        "interval": "750ms",
        "rules": [
            {
                "record": "endpoint:x:ratio_rate3d",
                "expr": 'sum(rate(x{le="0.25"}[12960000ms] offset 180000ms)) > 14.4 * 0.001 + 4 * 3600',
                "for": "6000ms",
            }
        ],
    }
    assert FASTER == 20


def test_nothing_fires_while_all_is_well(endpoint):
    soon(lambda: len(endpoint.query("up == 1")) == 3, 60, lambda: endpoint.query("up"))
    soon(lambda: len(endpoint.query("probe_success == 1")) == 2, 30, lambda: endpoint.query("probe_success"))
    # Longer than the alerts of the endpoint and its probes need.
    time.sleep(5 * 60 / FASTER)
    assert endpoint.firing() == set()
    assert endpoint.webhook.received == []


def test_they_listen_on_this_machine_only(endpoint):
    for watcher in endpoint.watchers:
        assert set(listening(sockets_of([Path("/proc", str(watcher.pid))]))) == {"127.0.0.1"}


def test_a_planted_drift_is_a_ticket(endpoint):
    endpoint.plant_a_drift()
    # Someone looks at the page: else, the server reads the ledger for the metrics every minute.
    soon(lambda: endpoint.get("/api/v1/monitoring").json()["windows"], 30)
    ticket = endpoint.webhook.wait("tickets", "PropensityDriftAlarm", endpoint=NAME)
    assert ticket["annotations"]["summary"] == (
        "Endpoint insurance-synthetic: the rows of the last window differ from those of the reference"
    )
    assert not endpoint.webhook.alerts("pages", "PropensityDriftAlarm")


def test_prometheus_has_each_metric_of_the_rules(endpoint):
    named = {
        name.removesuffix("_bucket").removesuffix("_count")
        for file in watching.FOLDER.glob("rules/*.yml")
        for name in METRIC.findall(
            re.sub(r"endpoint:\w+:\w+|#.*", "", re.sub(r"(?s)annotations:.*?runbook", "", file.read_text()))
        )
    }
    found = {
        each["metric"]["name"]
        for each in endpoint.query(
            'label_replace(count by (__name__) ({job=~"propensity.*"}), "name", "$1", "__name__", "(.*)")'
        )
    }
    found = {name.removesuffix("_bucket").removesuffix("_count") for name in found}
    # That of a server which waits for its dataset to be used; see test_idle_endpoint.py.
    assert named - found == {"propensity_endpoint_idle"}


def test_slow_predictions_page(endpoint):
    endpoint.answer_slowly(20)
    page = endpoint.webhook.wait("pages", "PropensityLatencyBudgetBurn", endpoint=NAME, window="1h")
    assert "of the predictions took more than 250 ms in 1h" in page["annotations"]["summary"]
    assert not endpoint.webhook.alerts("pages", "PropensityErrorBudgetBurn")


def test_a_stopped_endpoint_pages_once(endpoint):
    endpoint.server.kill()
    page = endpoint.webhook.wait("pages", "PropensityEndpointDown", endpoint=NAME)
    assert page["annotations"]["summary"] == "Endpoint insurance-synthetic: no server responds"
    # What follows from it fires, too, and is sent to nobody.
    expected = {"PropensityServerDown", "PropensityApiProbeFailed"}
    soon(lambda: expected <= endpoint.suppressed(), 60, lambda: (endpoint.firing(), endpoint.suppressed()))
    assert not expected & {name for _, name in endpoint.webhook.names()}
