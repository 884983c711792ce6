"""Secrets that a running stack holds, and everything that runs leave behind: in none of it is one of them."""

from __future__ import annotations

import gzip
import json
import secrets
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from machine import engine

from stack.airflow_api import AirflowApi

PRIVATE = ("settings.json", "supervisord.conf", "s3.properties", "airflow/passwords.json", "airflow/password")
"""Where the stack itself keeps them."""


@pytest.fixture(scope="module")
def planted(trained, tmp_path_factory) -> Iterator[dict[str, str]]:
    """The stack's own secrets, and those of a person's Connections; a run has succeeded with them, another failed."""
    more = {name: secrets.token_hex(20) for name in ("kaggle", "webhook", "session")}
    api = AirflowApi(trained.settings())
    connections = (
        {"connection_id": "kaggle", "login": "somebody", "password": more["kaggle"]},
        {"connection_id": "propensity_webhook", "password": f"http://127.0.0.1:9/{more['webhook']}"},
        # Of no use to the tasks, which another Connection is named to: it must not show anywhere all the same.
        {"connection_id": "other_aws", "login": "key", "password": more["session"]},
    )
    for connection in connections:
        api.put_connection({"conn_type": "generic", **connection})
    trained.run(DATA="sample:20000")
    few = tmp_path_factory.mktemp("rows") / "few.csv"  # too few for splits: the run fails in preprocess
    few.write_text(
        "id,Gender,Age,Driving_License,Region_Code,Previously_Insured,Vehicle_Age,Vehicle_Damage,Annual_Premium,"
        "Policy_Sales_Channel,Vintage,Response\n1,Male,44,1,28.0,0,> 2 Years,Yes,40454.0,26.0,217,1\n"
    )
    done = trained.make("run", DATA=str(few))
    assert done.returncode != 0 and "failed in preprocess" in done.stdout
    yield {name: value for name, value in trained.settings().keys.items() if name != "s3_id"} | more
    for connection in connections:
        api.call("DELETE", f"/connections/{connection['connection_id']}")


def holding(planted: dict[str, str], content: bytes) -> list[str]:
    return [name for name, value in planted.items() if value.encode() in content]


def files(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file() and not file.is_symlink()]


def content(file: Path) -> bytes:
    try:
        return gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    except FileNotFoundError:  # a log that was rotated meanwhile
        return b""


def test_no_file_of_the_stack_holds_one_but_its_private_ones(trained, planted):
    found = {}
    for file in files(trained.state):
        if names := holding(planted, content(file)):
            found[str(file.relative_to(trained.state))] = names
    assert set(found) <= set(PRIVATE), found
    for name in found:
        assert stat.S_IMODE((trained.state / name).stat().st_mode) == 0o600, name
    assert not [file for file in files(trained.files) if holding(planted, content(file))]


def test_logs_databases_artifacts_and_reports_were_among_them(trained):
    names = [str(file.relative_to(trained.state)) for file in files(trained.state)]
    for part in ("airflow/logs/dag_id=insurance_training", "airflow/airflow.db", "mlflow", "manifest.json"):
        assert any(part in name for name in names), part


def test_the_webhook_was_called_whose_address_is_in_no_log(trained, planted):
    logs = b"".join(content(file) for file in files(trained.state / "airflow" / "logs"))
    assert b"the Connection propensity_webhook could not be notified" in logs
    assert not holding(planted, logs)


def test_no_answer_of_airflows_api_holds_one(trained, planted):
    run = trained.last_run("insurance_training")
    said = [trained.airflow(path) for path in (run, f"{run}/taskInstances", "/connections", "/variables", "/eventLogs")]
    for task in trained.task_instances("insurance_training").values():
        path = f"{run}/taskInstances/{task['task_id']}"
        said += [trained.airflow(path), trained.airflow(f"{path}/xcomEntries")]
        if task["try_number"]:
            said.append(trained.airflow(f"{path}/logs/{task['try_number']}"))
    text = json.dumps(said)
    assert "rendered_fields" in text and "somebody" in text
    assert not holding(planted, text.encode())


def test_no_layer_and_no_setting_of_the_image_holds_one(trained, planted):
    if not engine():
        pytest.skip("no Docker Engine responds")
    name = f"propensity:{trained.label().partition('=')[2]}"
    history = subprocess.run(["docker", "history", "--no-trunc", name], capture_output=True, check=True).stdout
    inspected = subprocess.run(["docker", "image", "inspect", name], capture_output=True, check=True).stdout
    assert not holding(planted, history + inspected)
    variables = [word.split("=")[0] for word in json.loads(inspected)[0]["Config"]["Env"]]
    assert not [word for word in variables if any(part in word for part in ("KEY", "SECRET", "TOKEN", "PASSWORD"))]
    longest = max(map(len, planted.values()))
    with subprocess.Popen(["docker", "save", name], stdout=subprocess.PIPE) as saved:
        last = b""
        while part := saved.stdout.read(1 << 22):
            assert not holding(planted, last + part)
            last = part[-longest:]


def test_a_container_that_has_ended_is_gone_with_its_environment(trained):
    if not engine():
        pytest.skip("no Docker Engine responds")
    assert engine().containers.list(all=True, filters={"label": trained.label()}) == []
