"""The whole of it: what a user types, on ports and in a folder of the test's own."""

from __future__ import annotations

import contextlib
import csv
import gzip
import json
import os
import random
import re
import shutil
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

PROJECT = Path(__file__).resolve().parents[2]
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
"""


@dataclass(frozen=True)
class Stack:
    """A stack of its own beside any other on the machine."""

    state: Path
    datasets: Path
    ports: dict[str, int]

    def make(self, target: str, **variables: str) -> subprocess.CompletedProcess:
        environment = os.environ | {
            "PROPENSITY_STATE": str(self.state),
            "PROPENSITY_DATASETS": str(self.datasets),
            "PROPENSITY_ENVIRONMENTS": str(Path(sys.prefix).parent),
            **{name: str(port) for name, port in self.ports.items()},
        }
        for name in ("KAGGLE_USERNAME", "KAGGLE_KEY"):
            environment.pop(name, None)
        words = ["make", "--silent", target, *(f"{name}={value}" for name, value in variables.items())]
        done = subprocess.run(
            words, cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=900, check=False
        )
        print(f"$ {' '.join(words)}\n{done.stdout}{done.stderr}")
        return done

    def run(self, **variables: str) -> str:
        """A run that must succeed; what it printed."""
        done = self.make("run", **variables)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def session(self) -> int:
        """The session of supervisord and all it started."""
        return int((self.state / "supervisord.session").read_text())

    def environment(self) -> dict[str, str]:
        return dict(line.split("=", 1) for line in self.make("env").stdout.splitlines())

    def results(self, dag: str) -> dict[str, dict]:
        """What the tasks of the DAG's last run pushed."""
        airflow = self.environment()
        login = {"username": airflow["AIRFLOW_USERNAME"], "password": airflow["AIRFLOW_PASSWORD"]}
        token = requests.post(airflow["AIRFLOW_URL"] + "/auth/token", json=login, timeout=60).json()["access_token"]
        session = requests.Session()
        session.headers["Authorization"] = f"Bearer {token}"
        runs = f"{airflow['AIRFLOW_URL']}/api/v2/dags/{dag}/dagRuns"
        last = session.get(runs, params={"order_by": "-run_after", "limit": 1}, timeout=60).json()["dag_runs"][0]
        found = {}
        for task in ("download", "preprocess", "train", "evaluate", "register", "deploy"):
            url = f"{runs}/{last['dag_run_id']}/taskInstances/{task}/xcomEntries/result"
            value = session.get(url, params={"stringify": False}, timeout=60).json()["value"]
            found[task] = json.loads(value) if isinstance(value, str) else value
        return found


def free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def free_block() -> int:
    """The begin of a block of ports that is free, for endpoints."""
    for base in range(21000, 30000, 250):
        try:
            for port in (*range(base, base + 4), *range(base + 100, base + 104)):
                with socket.socket() as probe:
                    probe.bind(("127.0.0.1", port))
        except OSError:
            continue
        return base
    raise AssertionError("no free ports")


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    """A stack that ends with the tests, however they end."""
    if not (PROJECT / "build" / "jars" / "code.sha256").exists():
        pytest.skip("the jars are not built: make build")
    folder = tmp_path_factory.mktemp("stack")
    datasets = folder / "datasets"
    datasets.mkdir()
    shutil.copy(PROJECT / "datasets" / "insurance.yaml", datasets)
    names = ("AIRFLOW_PORT", "MLFLOW_PORT", "S3_PORT")
    ports = dict(zip(names, free_ports(3), strict=True)) | {"ENDPOINT_PORT": free_block()}
    one = Stack(folder / "state", datasets, ports)
    try:
        yield one
    finally:
        one.make("purge", YES="1")


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


def test_trains_on_real_rows_and_answers(stack):
    assert stack.make("start").returncode == 0
    begun = time.monotonic()
    summary = stack.run(DATA=real_rows())
    print(f"make run took {time.monotonic() - begun:.1f} s")

    assert float(re.search(r"ROC AUC (0\.\d+)", summary)[1]) > 0.85
    assert "insurance, version 1" in summary
    [prediction] = ask(curl_of(summary))["predictions"]
    assert 0 < prediction["score"] < 1
    for report in re.findall(r"file://(\S+\.html)", summary):
        assert Path(report).stat().st_size > 10_000


def test_a_second_run_finds_everything_done(stack):
    real_rows()
    summary = stack.run()

    results = stack.results("insurance_training")
    # An endpoint is proven anew each time.
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
    (stack.datasets / "customers.yaml").write_text(CUSTOMERS)

    summary = stack.run(DATASET="customers", DATA=str(data))

    answer = ask(curl_of(summary))
    assert answer["predictions"][0]["id"].startswith("c-")
    port = stack.ports["ENDPOINT_PORT"]
    rows = [{"code": "x", "visits": None, "plan": "large", "town": "Atlantis", "pays_monthly": "y"}]
    answer = requests.post(f"http://127.0.0.1:{port + 1}/invocations", json=rows, timeout=10).json()
    assert answer["predictions"][0]["id"] == "x"


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


def test_made_up_rows_have_their_own_name_and_endpoint(stack):
    summary = stack.run(DATASET="customers", DATA="sample:3000")

    assert "MADE UP" in summary
    assert "customers-sample, version 1" in summary
    assert f":{stack.ports['ENDPOINT_PORT'] + 101}/" in curl_of(summary)


def test_a_run_that_fails_shows_the_last_lines_and_where_the_rest_is(stack, tmp_path):
    bad = tmp_path / "bad.csv"
    bad.write_text("code,visits\n1,2\n")

    done = stack.make("run", DATASET="customers", DATA=str(bad))

    assert done.returncode != 0
    assert "preprocess failed" in done.stdout
    assert "plan" in done.stdout
    assert re.search(r"http://127\.0\.0\.1:\d+/dags/customers_training/runs/\S+/tasks/preprocess", done.stdout)


def test_nothing_listens_beyond_this_machine(stack):
    ours = sockets_of(processes_of(stack.session()))

    assert ours, "the stack's sockets were not found"
    beyond = {address for address in listening(ours) if address not in ("127.0.0.1", "::ffff:127.0.0.1")}
    assert beyond == set()


def processes_of(session: int) -> list[Path]:
    """The session's processes, as Linux lists them."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            # After the name in parentheses: state, parent, group, session.
            if int((process / "stat").read_text().rpartition(")")[2].split()[3]) == session:
                found.append(process)
    return found


def sockets_of(processes: list[Path]) -> set[str]:
    """The inodes of their sockets."""
    links = [str(link.readlink()) for process in processes for link in (process / "fd").iterdir()]
    return {link[8:-1] for link in links if link.startswith("socket:")}


def listening(inodes: set[str]) -> list[str]:
    """The addresses on which these sockets listen."""
    found = []
    for family, table in ((socket.AF_INET, "/proc/net/tcp"), (socket.AF_INET6, "/proc/net/tcp6")):
        for line in Path(table).read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and fields[9] in inodes:
                words = bytes.fromhex(fields[1].split(":")[0])
                packed = b"".join(words[at : at + 4][::-1] for at in range(0, len(words), 4))
                found.append(socket.inet_ntop(family, packed))
    return found


def test_goes_on_after_a_violent_end(stack):
    supervisord = int((stack.state / "supervisord.pid").read_text())
    os.kill(supervisord, 9)
    assert stack.make("status").returncode != 0

    assert stack.make("start").returncode == 0
    variables = stack.environment()
    url = variables.get("ENDPOINT_URL_CUSTOMERS")
    deadline = time.monotonic() + 30
    while requests.get(f"{url}/ping", timeout=5).status_code != 200 and time.monotonic() < deadline:
        time.sleep(0.2)
    assert requests.get(f"{url}/ping", timeout=5).status_code == 200


def test_stop_leaves_no_process_and_no_container(stack):
    session = stack.session()

    assert stack.make("stop").returncode == 0

    assert processes_of(session) == []
    assert stack.make("status").returncode != 0
