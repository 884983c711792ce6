"""The experiment's DAG with the real jars; the stack's tests run the other DAGs with them."""

from __future__ import annotations

import json
import os
import subprocess
import time
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from conftest import DAGS, REPOSITORY
from machine import free_ports

from stack.servers import s3proxy

JARS = REPOSITORY / "build" / "jars"
LAUNCHER = REPOSITORY / "airflow" / "image" / "propensity"


def need(condition, reason):
    """Skips the test where it cannot run, but fails it in CI."""
    if not condition:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)


def answers(url):
    try:
        with urlopen(url, timeout=30):
            return True
    except HTTPError:
        return True
    except OSError:
        return False


def start(command, url, environment):
    process = subprocess.Popen(command, env=environment)
    end = time.monotonic() + 120
    while not answers(url):
        assert process.poll() is None
        assert time.monotonic() < end, f"{url} does not answer"
        time.sleep(0.2)
    return process


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """An S3 server; what the workers' environment says of it."""
    need((JARS / "code.sha256").exists(), "the jars are not built: make build")
    folder = tmp_path_factory.mktemp("s3")
    (folder / "bucket").mkdir()
    port, endpoint = free_ports(2)
    s3 = f"http://127.0.0.1:{port}"
    properties = folder.with_suffix(".properties")
    properties.write_text(s3proxy.properties(s3, folder, "test", "secret"))
    server = start(s3proxy.command(properties), s3, os.environ)
    try:
        yield {
            "AWS_ENDPOINT_URL_S3": s3,
            "AWS_REGION": "us-east-1",
            "AIRFLOW_CONN_MY_AWS_CONN": json.dumps({"conn_type": "aws", "login": "test", "password": "secret"}),
            "PROPENSITY_LAUNCHER": str(LAUNCHER),
            "PROPENSITY_JARS": str(JARS),
            "PROPENSITY_RUNNER": "process",
            "PROPENSITY_STORE": "s3://bucket/store",
            # Nobody answers there: a challenger is not deployed.
            "AIRFLOW_VAR_PROPENSITY_ENDPOINTS": json.dumps({"insurance-sample": f"http://127.0.0.1:{endpoint}"}),
        }
    finally:
        server.terminate()
        server.wait(30)


@pytest.fixture
def experiment(environment, database, monkeypatch):
    """Runs the insurance experiment on made-up rows as processes; the state and answer of each task."""

    def run(**conf):
        from airflow.dag_processing.dagbag import DagBag

        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        dag_run = DagBag(str(DAGS)).dags["insurance_experiment"].test(run_conf=conf)
        answers = {}
        for task in dag_run.get_task_instances():
            place = (task.task_id, task.map_index)
            result = task.xcom_pull(task_ids=task.task_id, key="result", map_indexes=task.map_index)
            answers[place] = (task.state, result)
        return dag_run.state, answers

    return run


def test_an_experiment_compares_candidates_and_makes_the_best_a_final_model(experiment):
    wishes = {
        "source": "sample:3000",
        "folds": 2,
        "parameters": {"rounds": 20, "max_depth": [1, 4]},
        "release": "challenger",
    }
    state, answers = experiment(**wishes)
    assert state == "success"
    assert answers["deploy", -1][0] == "skipped", "a challenger does not answer"
    assert {state for (task, _), (state, _) in answers.items() if task != "deploy"} == {"success"}
    assert sum(task == "fit" for task, _ in answers) == 4
    assert "version 1 of insurance-sample is a challenger" in answers["register", -1][1]["reason"]

    # A further candidate on the same folds is the only work.
    wishes["parameters"]["max_depth"] = [1, 4, 6]
    state, again = experiment(**wishes)
    assert state == "success"
    statuses = {place: result["status"] for place, (state, result) in again.items() if result}
    done = {place for place, status in statuses.items() if status == "done"}
    assert {("fit", 4), ("fit", 5), ("compare", -1)} <= done
    assert {place for place in done if place[0] in ("fold", "fit", "preprocess", "preprocess_all")} == {
        ("fit", 4),
        ("fit", 5),
    }
