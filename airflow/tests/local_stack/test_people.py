"""What people do between trainings: predict, promote, roll back, verify, and fetch files."""

from __future__ import annotations

import csv
import gzip
import json
import re
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests
from observed import observe
from own_stack import TASKS
from test_end_to_end import CUSTOMERS, write_customers

from stack.airflow_api import AirflowApi

ROWS = 4000


@dataclass(frozen=True)
class Found:
    """What tasks in containers made of the customers, and what the same tasks answered as processes.

    :param artifacts: all artifacts of the trainings and predictions, before and after the training by processes
    :param entries: the release ledger's entries, then and then
    """

    model: str
    artifacts: tuple[set[str], set[str]]
    entries: tuple[list[dict], list[dict]]
    predicted: dict[str, dict]
    training: dict[str, dict]


@pytest.fixture(scope="module", autouse=True)
def found(stack, tmp_path_factory) -> Found:
    """Restarts the stack with tasks as processes; customers then have two versions, of which the second is live."""
    folder = tmp_path_factory.mktemp("rows")
    write_customers(folder / "customers.csv.gz")
    variables = {"DATASET": "customers", "DATA": str(folder / "customers.csv.gz")}
    specification = stack.datasets / "customers.yaml"
    if not specification.exists():
        specification.write_text(CUSTOMERS)
        stack.run(**variables)
    assert stack.make("predict", DATASET="customers", DATA=str(new_rows(folder / "new.csv"))).returncode == 0
    predicted, before, made = predictions_of(stack), observe(stack, "customers"), artifacts(stack)
    assert stack.make("stop").returncode == 0
    assert stack.make("start", RUNNER="process").returncode == 0
    stack.run(**variables)
    found = Found(
        before.answers["model"],
        (made, artifacts(stack)),
        (before.entries, observe(stack, "customers").entries),
        predicted,
        stack.results("customers_training"),
    )
    stack.run(**variables, PARAMETERS='{"eta": 0.2}', RELEASE="release")
    return found


def artifacts(stack) -> set[str]:
    folder = stack.state / "s3/propensity/store/customers"
    return {str(file.relative_to(folder)) for file in folder.rglob("manifest.json")}


def predictions_of(stack) -> dict[str, dict]:
    """What the tasks of the last prediction of one file pushed."""
    tasks = f"{stack.last_run('customers_prediction')}/taskInstances"
    query = {"map_index": 0, "stringify": "false"}
    return {
        task: stack.airflow(f"{tasks}/{task}/xcomEntries/result", **query)["value"] for task in ("download", "predict")
    }


def statuses(results: dict[str, dict]) -> dict[str, str]:
    return {task: result["status"] for task, result in results.items()}


def test_processes_find_what_containers_made(stack, found):
    # After a stop and a start, too. An endpoint is verified each time.
    assert statuses(found.training) == dict.fromkeys(TASKS, "unchanged") | {"deploy": "done"}
    assert found.training["train"]["uri"].rstrip("/") == found.model.rstrip("/")
    for before, after in (found.artifacts, found.entries):
        assert after == before


def new_rows(file: Path, *more: str) -> Path:
    """Rows without labels."""
    lines = ["plan,code,town,visits,pays_monthly"]
    lines += [f"large,new-{row},Ulm,{row % 40},y" for row in range(300)]
    file.write_text("\n".join([*lines, *more]) + "\n")
    return file


def answering(stack) -> int:
    url = stack.environment()["ENDPOINT_URL_CUSTOMERS"]
    return requests.get(f"{url}/api/v1/model", timeout=10).json()["version"]


def history(stack) -> list[str]:
    done = stack.make("history", DATASET="customers")
    assert done.returncode == 0
    return done.stdout.splitlines()


def test_new_rows_are_scored_into_files_at_hand_by_the_champion_or_another_version(stack, found, tmp_path):
    done = stack.make("predict", DATASET="customers", DATA=str(new_rows(tmp_path / "new.csv")))
    assert done.returncode == 0
    assert "300 of 300 rows" in done.stdout

    rows = list(csv.reader((stack.files / "models" / "predictions-customers.csv").open()))
    assert rows[0] == ["code", "score", "label"]
    assert [row[0] for row in rows[1:]] == [f"new-{row}" for row in range(300)]
    assert all(0 < float(score) < 1 and label in "01" for _, score, label in rows[1:])
    submission = list(csv.reader((stack.files / "models" / "submission-customers.csv").open()))
    assert submission == [["code", "renewal"], *([code, score] for code, score, _ in rows[1:])]

    url = stack.environment()["ENDPOINT_URL_CUSTOMERS"]
    answer = requests.post(
        f"{url}/invocations",
        data=(tmp_path / "new.csv").read_bytes(),
        headers={"Content-Type": "text/csv", "Accept": "text/csv"},
        timeout=10,
    )
    assert answer.text.splitlines()[1:] == [",".join(row) for row in rows[1:]]

    # The rows are those that containers scored by version 1.
    assert statuses(found.predicted)["predict"] == "done"
    assert statuses(predictions_of(stack)) == {"download": "unchanged", "predict": "done"}

    assert stack.make("invoke", DATASET="customers", DATA=str(tmp_path / "new.csv")).returncode == 0
    invoked = list(csv.reader((stack.files / "models" / "invoked-customers.csv").open()))
    assert invoked == [["id", "score", "label"], *rows[1:]]

    assert stack.make("predict", DATASET="customers", DATA=str(tmp_path / "new.csv"), VERSION="1").returncode == 0
    others = list(csv.reader((stack.files / "models" / "predictions-customers.csv").open()))
    assert [row[0] for row in others] == [row[0] for row in rows]
    assert others != rows
    again = predictions_of(stack)
    assert statuses(again) == {"download": "unchanged", "predict": "unchanged"}
    assert again["predict"]["uri"] == found.predicted["predict"]["uri"]

    done = stack.make("predict", DATASET="customers", DATA=str(tmp_path / "new.csv"), VERSION="99")
    assert done.returncode == 2
    assert "VERSION=99: customers has versions 1 to " in done.stderr


def test_an_invalid_row_is_reported_by_its_line(stack, tmp_path):
    invalid = new_rows(tmp_path / "invalid.csv", "large,new-300,Ulm,many,y")
    done = stack.make("predict", DATASET="customers", DATA=str(invalid))
    assert "Error 2" in done.stderr
    assert "line 302, visits is 'many': not a number" in done.stderr


def test_a_duplicate_identifier_is_scored_and_counted(stack, tmp_path):
    rows = new_rows(tmp_path / "twice.csv", "large,new-7,Ulm,3,y")
    done = stack.make("predict", DATASET="customers", DATA=str(rows))
    assert done.returncode == 0, done.stderr
    assert "301 of 301 rows" in done.stdout
    assert "1 row has a duplicate identifier" in done.stdout


def test_files_that_are_announced_are_predicted_each_by_itself(stack, tmp_path):
    uris = []
    for number in range(2):
        new = new_rows(tmp_path / f"announced{number}.csv", f"small,more-{number},Bonn,3,n")
        uris.append(put(stack, new))
    asset = find_asset(stack)
    for uri in uris:
        event = {"asset_id": asset, "extra": {"source": uri}}
        AirflowApi(stack.settings()).call("POST", "/assets/events", json=event)

    predicted: set[str] = set()
    deadline = time.monotonic() + 400
    while len(predicted) < 2 and time.monotonic() < deadline:
        time.sleep(1)
        predicted = {uri for run in asset_runs(stack) for uri in predictions(stack, run)}
    assert len(predicted) == 2


def asset_runs(stack) -> list[dict]:
    runs = stack.airflow("/dags/customers_prediction/dagRuns", limit=100)["dag_runs"]
    return [run for run in runs if run["run_type"] == "asset_triggered"]


def predictions(stack, run: dict) -> list[str]:
    """What a run has predicted so far."""
    path = f"/dags/customers_prediction/dagRuns/{run['dag_run_id']}/taskInstances"
    tasks = stack.airflow(path)["task_instances"]
    assert run["state"] != "failed", tasks
    done = [task for task in tasks if task["task_id"] == "predict" and task["state"] == "success"]
    entry = f"{path}/predict/xcomEntries/return_value"
    return [stack.airflow(entry, map_index=task["map_index"], stringify="false")["value"] for task in done]


def find_asset(stack) -> int:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assets = stack.airflow("/assets", name_pattern="customers_rows_to_predict")["assets"]
        if assets:
            return assets[0]["id"]
        time.sleep(1)
    raise AssertionError("Airflow does not know the asset")


def put(stack, file: Path) -> str:
    """Lays the file into the stack's S3 server, whose objects are files."""
    folder = stack.state / "s3" / "propensity" / "arrived"
    folder.mkdir(exist_ok=True)
    (folder / file.name).write_bytes(file.read_bytes())
    return f"s3://propensity/arrived/{file.name}"


def test_promoting_and_rolling_back_is_verified_by_the_endpoint(stack):
    assert answering(stack) == 2
    promoted = stack.make("promote", DATASET="customers", VERSION="1", WHY="a trial", WHO="Ada")
    assert promoted.returncode == 0
    assert "version 1 is live, and its sample rows score as recorded" in promoted.stdout
    assert answering(stack) == 1
    assert stack.shows_the_champions_report("customers")

    back = stack.make("rollback", DATASET="customers", WHY="complaints", WHO="Bob")
    assert back.returncode == 0
    assert "version 1 of customers is rolled back, version 2 is live again" in back.stdout
    assert answering(stack) == 2

    lines = history(stack)
    assert re.match(r"number +when \(UTC\) +action +version +from +to +who$", lines[0])
    assert max(len(line) for line in lines) <= 100
    [promotion] = [place for place, line in enumerate(lines) if re.match(r"3 +\S+ \S+ +promoted +1 +2 +1 +Ada$", line)]
    assert lines[promotion + 1] == "        a trial"
    assert re.match(r"4 +\S+ \S+ +rolled back +1 +1 +2 +Bob$", lines[promotion + 2])
    assert lines[promotion + 3 :] == ["        complaints", "version 2 of customers is live"]


def test_a_model_that_was_rolled_back_comes_back_only_by_hand(stack):
    # The same model as version 1, which is held: recorded, whatever the evaluation says.
    stack.run(DATASET="customers")
    assert answering(stack) == 2
    assert stack.make("promote", DATASET="customers", VERSION="1", WHY="fixed").returncode == 0
    assert answering(stack) == 1
    assert stack.make("rollback", DATASET="customers").returncode == 0
    assert history(stack)[-2].strip() == "no reason was given"


def test_invalid_options_are_rejected_with_the_jars_exit_codes(stack):
    missing = stack.make("promote", DATASET="customers")
    assert missing.returncode == 2
    assert "VERSION=" in missing.stderr
    absent = stack.make("promote", DATASET="customers", VERSION="9", WHY="x")
    assert absent.returncode == 2
    assert "customers has no version 9" in absent.stderr
    for name in ("nothing", "santander-synthetic"):
        unknown = stack.make("history", DATASET=name)
        assert unknown.returncode == 2
        # From the command line where the stack has no such dataset, else from the jar.
        assert re.search(f"^DATASET={name}: |no model is registered as {name}$", unknown.stderr, re.MULTILINE)


def test_every_file_is_verified_back_to_the_raw_rows(stack):
    done = stack.make("verify", DATASET="customers")
    assert done.returncode == 0
    assert "all match the recorded digests" in done.stdout

    tables = (stack.state / "s3" / "propensity" / "store" / "customers" / "download").glob("*/data.csv.gz")
    raw = max(tables, key=lambda table: table.stat().st_size)  # what was trained on
    whole = raw.read_bytes()
    raw.write_bytes(whole[:-1] + b"?")
    try:
        damaged = stack.make("verify", DATASET="customers")
        assert damaged.returncode == 2
        assert f"{raw.parent.name}/data.csv.gz is damaged" in damaged.stderr
        uri = f"s3://propensity/store/customers/download/{raw.parent.name}"
        named = stack.make("verify", URI=uri)
        assert named.returncode == 2
        assert f"{raw.parent.name}/data.csv.gz is damaged" in named.stderr
    finally:
        raw.write_bytes(whole)


def test_the_champion_is_staged_and_compared_with_the_ledger(stack):
    done = stack.make("stagemodel", DATASET="customers")
    assert done.returncode == 0
    staged = stack.files / "models" / "staged"
    assert json.loads((staged / "model.json").read_text())["dataset"] == "customers"
    assert stack.make("checkmodelhash", DATASET="customers").returncode == 0

    (staged / "model.ubj").write_bytes(b"another")
    changed = stack.make("checkmodelhash", DATASET="customers")
    assert changed.returncode == 2
    assert "model.ubj differs from the recorded digest" in changed.stderr


def test_the_rows_are_fetched(stack):
    assert stack.make("datafetch", DATASET="customers").returncode == 0
    with gzip.open(stack.files / "data" / "raw" / "customers.csv.gz", "rt") as rows:
        assert sum(1 for _ in rows) == ROWS + 1


def test_the_pages_are_named(stack):
    assert stack.make("mlflow").stdout.strip() == f"http://127.0.0.1:{stack.ports['MLFLOW_PORT']}"
    assert str(stack.ports["MLFLOW_PORT"]) in stack.make("start_mlflow_server").stdout
    url = stack.environment()["ENDPOINT_URL_CUSTOMERS"]
    assert stack.make("runserver", DATASET="customers").stdout.startswith(f"{url}: version 2 of customers is live")
    assert f"{url}/" in stack.make("runstreamlit", DATASET="customers").stdout
