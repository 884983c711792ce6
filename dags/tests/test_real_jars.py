"""The DAGs with the real jars, from the source to the endpoint."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from conftest import DAGS, REPOSITORY
from machine import free_ports

from stack.servers import s3proxy

JARS = REPOSITORY / "build" / "jars"
LAUNCHER = REPOSITORY / "airflow" / "image" / "propensity"
ROWS = Path(os.environ.get("PROPENSITY_SHARED", REPOSITORY.parent / "shared")) / "data/insurance/train.csv.gz"


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
def surroundings(tmp_path_factory):
    """An S3 server that holds the real rows, and an endpoint; what the workers' environment says of them."""
    need((JARS / "code.sha256").exists(), "the jars are not built: make build")
    need(ROWS.exists(), f"no real rows in {ROWS}")
    folder = tmp_path_factory.mktemp("s3")
    (folder / "bucket").mkdir()
    shutil.copy(ROWS, folder / "bucket" / "rows.csv.gz")
    port, s3_port = free_ports(2)
    s3 = f"http://127.0.0.1:{s3_port}"
    properties = folder.with_suffix(".properties")
    properties.write_text(s3proxy.properties(s3, folder, "test", "secret"))
    environment = {
        "AWS_ENDPOINT_URL_S3": s3,
        "AWS_REGION": "us-east-1",
        "AIRFLOW_CONN_MY_AWS_CONN": json.dumps({"conn_type": "aws", "login": "test", "password": "secret"}),
        "PROPENSITY_LAUNCHER": str(LAUNCHER),
        "PROPENSITY_JARS": str(JARS),
        "PROPENSITY_IMAGE": os.environ.get("PROPENSITY_TEST_IMAGE", "propensity"),
        "PROPENSITY_NETWORK": "host",
        "PROPENSITY_STORE": "s3://bucket/store",
    }
    keys = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "secret"}
    started = [start(s3proxy.command(properties), s3, os.environ)]
    endpoint = f"http://127.0.0.1:{port}"
    serve = [str(LAUNCHER), "serve", "--name", "insurance", "--port", str(port)]
    try:
        started.append(start(serve, f"{endpoint}/ping", os.environ | environment | keys))
        yield environment | {"AIRFLOW_VAR_PROPENSITY_ENDPOINTS": json.dumps({"insurance": endpoint})}, endpoint
    finally:
        for process in started:
            process.terminate()
            process.wait(30)


@pytest.fixture
def run(surroundings, database, monkeypatch):
    """Runs a DAG with one of the runners on the real rows; what each task answered."""

    def run_dag(dag, runner):
        from airflow.dag_processing.dagbag import DagBag

        for name, value in (surroundings[0] | {"PROPENSITY_RUNNER": runner}).items():
            monkeypatch.setenv(name, value)
        dag_run = DagBag(str(DAGS)).dags[dag].test(run_conf={"source": "s3://bucket/rows.csv.gz"})
        tasks = dag_run.get_task_instances()
        assert {task.task_id: task.state for task in tasks if task.state != "success"} == {}
        return {
            task.task_id: task.xcom_pull(task_ids=task.task_id, key="result", map_indexes=task.map_index)
            for task in tasks
            if task.task_id != "files"
        }

    return run_dag


def test_containers_train_and_release_a_model_and_processes_find_it_all_done(engine, surroundings, run):
    need(engine.images.list(surroundings[0]["PROPENSITY_IMAGE"]), "the task image is not built: make image")
    first = run("insurance_training", "docker")
    assert {task: result["status"] for task, result in first.items()} == dict.fromkeys(first, "done")
    again = run("insurance_training", "process")
    # An endpoint is proven anew each time.
    assert {task: result["status"] for task, result in again.items()} == {
        **dict.fromkeys(first, "unchanged"),
        "deploy": "done",
    }
    assert {task: result["uri"] for task, result in again.items()} == {task: first[task]["uri"] for task in first}

    row = b"Gender,Age,Driving_License,Region_Code,Previously_Insured,Vehicle_Age,Vehicle_Damage,Annual_Premium,"
    row += b"Policy_Sales_Channel,Vintage\nMale,44,1,28.0,0,> 2 Years,Yes,40454.0,26.0,217\n"
    request = Request(f"{surroundings[1]}/invocations", row, {"Content-Type": "text/csv"})
    with urlopen(request, timeout=10) as answer:
        assert 0 < json.load(answer)["predictions"][0]["score"] < 1

    scored = run("insurance_prediction", "docker")
    assert {task: result["status"] for task, result in scored.items()} == {"download": "unchanged", "predict": "done"}
    found = run("insurance_prediction", "process")["predict"]
    assert (found["status"], found["uri"]) == ("unchanged", scored["predict"]["uri"])


@pytest.fixture
def experiment(surroundings, database, monkeypatch):
    """Runs the insurance experiment on made-up rows as processes; the state and answer of each task."""

    def run(**conf):
        from airflow.dag_processing.dagbag import DagBag

        settings = {
            "PROPENSITY_RUNNER": "process",
            "AIRFLOW_VAR_PROPENSITY_ENDPOINTS": json.dumps({"insurance-sample": surroundings[1]}),
        }
        for name, value in (surroundings[0] | settings).items():
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
        "folds": 3,
        "parameters": {"rounds": 20, "max_depth": [1, 4]},
        "release": "challenger",
    }
    state, answers = experiment(**wishes)
    assert state == "success"
    assert answers["deploy", -1][0] == "skipped", "a challenger does not answer"
    assert {state for (task, _), (state, _) in answers.items() if task != "deploy"} == {"success"}
    assert sum(task == "fit" for task, _ in answers) == 6
    assert "version 1 of insurance-sample is a challenger" in answers["register", -1][1]["reason"]

    # A further candidate on the same folds is the only work.
    wishes["parameters"]["max_depth"] = [1, 4, 6]
    state, again = experiment(**wishes)
    assert state == "success"
    statuses = {place: result["status"] for place, (state, result) in again.items() if result}
    done = {place for place, status in statuses.items() if status == "done"}
    assert {("fit", 6), ("fit", 7), ("fit", 8), ("compare", -1)} <= done
    assert {place for place in done if place[0] in ("fold", "fit", "preprocess", "preprocess_all")} == {
        ("fit", 6),
        ("fit", 7),
        ("fit", 8),
    }
