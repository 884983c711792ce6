"""The whole of it: what a user types, on ports and in a folder of the test's own."""

from __future__ import annotations

import csv
import gzip
import json
import os
import random
import re
import socket
import subprocess
import time
from pathlib import Path

import pytest
import requests
from machine import engine, listening, processes_of, sockets_of
from own_stack import PROJECT

SHARED = Path(os.environ.get("PROPENSITY_SHARED") or PROJECT.parent / "shared")
REAL_ROWS = SHARED / "data" / "insurance" / "train.csv.gz"

CUSTOMERS = """
name: customers
title: Which customers will renew?
source: https://example.com/customers.csv.gz
schedule: "@weekly"
identifier: code
label: {column: renews, positive: "yes", negative: "no"}
features:
  - {name: visits, kind: number, description: Visits in the last year, minimum: 0, missing: true}
  - {name: plan, kind: ordinal, description: The plan, values: [small, middle, large]}
  - {name: town, kind: category, description: Where the customer lives, missing: true}
  - {name: pays_monthly, kind: boolean, description: Whether payment is monthly, values: ["n", "y"]}
split: {seed: 7, validation: 0.2, test: 0.2}
learner: xgboost
release: {minimum_auc: 0.6, minimum_positives: 50, calibration_tolerance: 0.2, margin: 0.01}
offer: {gain: 30, cost: 5, currency: EUR}
submission: {prediction: renewal}
"""

ROW = (
    b"Gender,Age,Driving_License,Region_Code,Previously_Insured,Vehicle_Age,Vehicle_Damage,Annual_Premium,"
    b"Policy_Sales_Channel,Vintage\nMale,44,1,28.0,0,> 2 Years,Yes,40454.0,26.0,217\n"
)


def real_rows() -> str:
    if not REAL_ROWS.exists():
        message = f"the real rows are not at {REAL_ROWS}; PROPENSITY_SHARED names another folder"
        assert os.environ.get("CI") != "true", message
        pytest.skip(message)
    return str(REAL_ROWS)


def curl_of(summary: str) -> str:
    return summary[summary.index("curl ") :].strip()


def ask(command: str) -> dict:
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_a_taken_port_is_named_before_anything_starts(stack):
    with socket.socket() as other:
        other.bind(("127.0.0.1", stack.ports["MLFLOW_PORT"]))
        other.listen()
        done = stack.make("start")

    assert done.returncode != 0
    assert f"{stack.ports['MLFLOW_PORT']} (MLFLOW_PORT)" in done.stderr
    assert not (stack.state / "supervisord.pid").exists()


def test_a_variable_that_the_running_stack_cannot_follow_is_rejected(stack):
    assert stack.make("start").returncode == 0

    done = stack.make("run", S3_PORT=str(stack.ports["S3_PORT"] + 1))

    assert done.returncode != 0
    assert f"the running stack has S3_PORT={stack.ports['S3_PORT']}; to change it: make stop && " in done.stderr
    assert stack.airflow("/dags/~/dagRuns")["total_entries"] == 0


def test_trains_on_real_rows_and_answers(stack):
    assert stack.make("start").returncode == 0
    page = requests.get(f"{stack.settings().endpoint_urls['insurance']}/", timeout=10).text
    assert "make run DATASET=insurance<" in page
    begun = time.monotonic()
    summary = stack.run(DATA=real_rows())
    print(f"make run took {time.monotonic() - begun:.1f} s")

    assert float(re.search(r"ROC AUC (0\.\d+)", summary)[1]) > 0.85
    assert "insurance, version 1" in summary
    [prediction] = ask(curl_of(summary))["predictions"]
    assert 0 < prediction["score"] < 1
    url = stack.settings().endpoint_urls["insurance"]
    answer = requests.post(f"{url}/invocations", data=ROW, headers={"Content-Type": "text/csv"}, timeout=10).json()
    assert 0 < answer["predictions"][0]["score"] < 1
    assert {result["status"] for result in stack.results("insurance_training").values()} == {"done"}
    for report in re.findall(r"file://(\S+\.html)", summary):
        assert Path(report).stat().st_size > 10_000


def test_a_fresh_stack_shows_the_one_run_that_the_user_started(stack):
    real_rows()

    assert stack.airflow("/dags/~/dagRuns")["total_entries"] == 1


def test_tasks_run_in_containers_where_an_engine_responds(stack):
    real_rows()
    operator = "DockerJarOperator" if engine() else "ProcessJarOperator"

    assert {task["operator"] for task in stack.task_instances("insurance_training").values()} == {operator}


def test_a_second_run_finds_everything_done(stack):
    real_rows()
    summary = stack.run()

    results = stack.results("insurance_training")
    # An endpoint is verified each time.
    assert results.pop("deploy")["status"] == "done"
    assert {result["status"] for result in results.values()} == {"unchanged"}, results
    assert "unchanged since" in summary


def test_work_done_again_gives_the_same_bytes(stack):
    real_rows()
    before = stack.results("insurance_training")
    stack.run(FORCE="all")

    after = stack.results("insurance_training")
    assert {task: result["uri"] for task, result in after.items()} == {
        task: result["uri"] for task, result in before.items()
    }
    assert [after[task]["status"] for task in ("preprocess", "train")] == ["done", "done"]


def test_a_new_dataset_is_a_file_dropped_into_the_running_stack(stack, tmp_path):
    data = tmp_path / "customers.csv.gz"
    write_customers(data)
    image = image_of(stack)
    (stack.datasets / "customers.yaml").write_text(CUSTOMERS)

    summary = stack.run(DATASET="customers", DATA=str(data))

    assert image_of(stack) == image
    answer = ask(curl_of(summary))
    assert answer["predictions"][0]["id"].startswith("c-")
    port = stack.ports["ENDPOINT_PORT"]
    rows = [{"code": "x", "visits": None, "plan": "large", "town": "Atlantis", "pays_monthly": "y"}]
    answer = requests.post(f"http://127.0.0.1:{port + 1}/invocations", json=rows, timeout=10).json()
    assert answer["predictions"][0]["id"] == "x"


def image_of(stack) -> str | None:
    """The image that the stack's tasks run in, where they run in one."""
    found = engine()
    return found and found.images.get("propensity:" + stack.label().partition("=")[2]).id


def write_customers(file: Path) -> None:
    chance = random.Random(11)
    with gzip.open(file, "wt", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["code", "visits", "plan", "town", "pays_monthly", "renews"])
        for number in range(4000):
            visits = chance.randrange(40)
            plan = chance.choice(["small", "middle", "large"])
            town = chance.choice(["Ulm", "Bonn", "Köln", ""])
            monthly = chance.choice("ny")
            score = visits / 40 + (plan == "large") * 0.5 - (monthly == "y") * 0.4 + chance.gauss(0, 0.4)
            shown = "" if chance.random() < 0.05 else visits
            rows.writerow([f"c-{number:05}", shown, plan, town, monthly, "yes" if score > 0.6 else "no"])


def test_synthetic_rows_have_their_own_name_and_endpoint(stack):
    summary = stack.run(DATASET="customers", DATA="sample:3000")

    assert "SYNTHETIC" in summary
    assert "customers-synthetic, version 1" in summary
    assert f":{stack.ports['ENDPOINT_PORT'] + 101}/" in curl_of(summary)


def test_a_failed_run_prints_the_reason_last_and_where_its_log_is(stack, tmp_path):
    few = tmp_path / "few.csv"  # each row is good, but they are too few for splits, as only preprocess sees
    few.write_text("code,visits,plan,town,pays_monthly,renews\n1,2,small,Ulm,y,yes\n2,2,small,Ulm,y,no\n")

    done = stack.make("run", DATASET="customers", DATA=str(few))

    assert done.returncode != 0
    assert f"customers_training on {few} failed in preprocess: the raw table of customers: too few rows" in done.stdout
    assert done.stdout.splitlines()[-1].count("too few rows to split") == 1
    assert "Error 2" in done.stderr
    assert re.search(r"http://127\.0\.0\.1:\d+/dags/customers_training/runs/\S+/tasks/preprocess", done.stdout)


def test_invalid_rows_are_reported_before_a_run_begins(stack, tmp_path):
    invalid = tmp_path / "invalid.csv"
    invalid.write_text("code,visits\n1,2\n")

    done = stack.make("run", DATASET="customers", DATA=str(invalid))

    assert "Error 2" in done.stderr
    assert f"{invalid}, line 1: missing columns: 'renews' (rows without it " in done.stderr
    assert "/runs/" not in done.stdout


def test_nothing_listens_beyond_this_machine(stack):
    ours = sockets_of(processes_of(stack.session()))

    assert ours, "the stack's sockets were not found"
    beyond = {address for address in listening(ours) if address not in ("127.0.0.1", "::ffff:127.0.0.1")}
    assert beyond == set()


def test_a_second_server_of_an_endpoint_is_its_pages_backup(stack):
    assert stack.make("start", BACKUP="1").returncode == 0
    port = stack.ports["ENDPOINT_PORT"]
    own, backup = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{port + 200}"

    described = requests.get(f"{own}/api/v1/model", timeout=10).json()
    answer = requests.get(f"{backup}/api/v1/model", headers={"Origin": own}, timeout=10)

    assert described["backup"] == backup
    assert answer.headers["Access-Control-Allow-Origin"] == own
