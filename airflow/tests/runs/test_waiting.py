"""What make run prints while its run waits for another one, or for a paused DAG."""

from __future__ import annotations

import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from machine import soon
from own_stack import PROJECT

from stack import paths
from stack.airflow_api import AirflowApi
from stack.configuration.settings import Settings
from stack.failure import Failure
from stack.runs import training, waiting

DAG = "insurance_training"
PAGE = f"http://airflow/dags/{DAG}/runs/manual__2"
SETTINGS = Settings({"AIRFLOW_PORT": 8080, "MLFLOW_PORT": 5000, "S3_PORT": 9000})
TOMORROW = datetime.now(UTC) + timedelta(days=1)


class FakeAirflowRuns:
    """One DAG with a run that is queued behind another one."""

    def __init__(self, paused: bool = False, **holder: object):
        self.paused = paused
        self.tasks: list[dict] = []
        self.holders = [
            {
                "dag_run_id": "manual__1",
                "run_type": "manual",
                "start_date": "2026-11-29T10:05:00Z",
                "logical_date": None,
                **holder,
            }
        ]

    def call(self, method, path, json=None, **_):
        if method == "PATCH":
            self.paused = json["is_paused"]
        if path == f"/dags/{DAG}/dagRuns":
            return {"dag_runs": self.holders}
        if path == f"/dags/{DAG}/dagRuns/manual__2":
            return {"state": "queued"}
        if path == f"/dags/{DAG}/dagRuns/manual__1/taskInstances":
            return {"task_instances": self.tasks}
        assert path in (f"/dags/{DAG}", "/dags/insurance_prediction")
        return {"is_paused": self.paused}


@pytest.fixture
def clock(monkeypatch):
    """Seconds that pass when a test says so."""
    now = [100.0]
    monkeypatch.setattr(waiting.time, "monotonic", lambda: now[0])

    def passes(seconds: float) -> None:
        now[0] += seconds

    return passes


@pytest.fixture
def state(monkeypatch, tmp_path):
    """The folder of the local state."""
    monkeypatch.setattr(paths, "STATE", tmp_path)
    return tmp_path


def states(*states: str | None) -> list[dict]:
    return [{"task_id": "train", "state": state} for state in states]


def test_a_run_names_at_once_the_active_run_and_how_to_end_it(clock):
    airflow = FakeAirflowRuns(logical_date=TOMORROW.isoformat())

    lines = waiting.Waiting(airflow, DAG, "manual__2", PAGE).lines(states(None, None))

    assert lines == [
        f"  waiting: {DAG} allows one active run, which is manual__1 since 2026-11-29 10:05 UTC; "
        f"its tasks start after its logical date, {TOMORROW:%Y-%m-%d %H:%M} UTC",
        f"    page: http://airflow/dags/{DAG}/runs/manual__1",
        f"    to end it: make endrun RUN={DAG}/manual__1",
    ]


def test_the_wait_is_reported_from_time_to_time_and_when_the_other_run_gets_on(clock):
    airflow = FakeAirflowRuns()
    airflow.tasks = states("running")
    wait = waiting.Waiting(airflow, DAG, "manual__2", PAGE)
    assert wait.lines(states(None))[0].endswith("; its active tasks: train")

    clock(waiting.PAUSE)
    assert wait.lines(states(None)) == []
    clock(waiting.REMINDER)
    [line] = wait.lines(states(None))
    assert line.startswith(f"  after 33 s: waiting: {DAG} allows one active run, which is manual__1")
    airflow.tasks = states("success")
    clock(waiting.PAUSE)
    [line] = wait.lines(states(None))
    assert line.endswith("none of its tasks is running")


def test_a_paused_dag_is_a_reason_to_wait(clock):
    lines = waiting.Waiting(FakeAirflowRuns(paused=True), DAG, "manual__2", PAGE).lines(states("success", None))

    assert lines == [f"  waiting: {DAG} is paused", f"    to unpause it: http://airflow/dags/{DAG}"]


def test_a_run_that_gets_on_waits_for_nothing(clock):
    assert waiting.Waiting(None, DAG, "manual__2", PAGE).lines(states("success", "queued")) == []


def test_a_run_that_starts_meanwhile_does_not_wait_for_itself(clock):
    airflow = FakeAirflowRuns(dag_run_id="manual__2")
    assert waiting.Waiting(airflow, DAG, "manual__2", PAGE).lines(states(None)) == []


def test_a_backfill_takes_no_slot_and_a_scheduler_that_does_nothing_is_named(clock):
    wait = waiting.Waiting(FakeAirflowRuns(run_type="backfill"), DAG, "manual__2", PAGE)

    assert wait.lines(states(None)) == []
    clock(waiting.SLOW + 1)
    assert wait.lines(states(None))[0] == "  waiting: the scheduler has not started a task"


@pytest.mark.parametrize("error", [None, KeyboardInterrupt, ValueError])
def test_a_paused_dag_is_paused_again_however_the_run_ends(state, capsys, error):
    airflow = FakeAirflowRuns(paused=True)

    try:
        with training.unpaused(airflow, SETTINGS, DAG):
            assert not airflow.paused
            if error:
                raise error
    except BaseException as raised:
        assert type(raised) is error

    assert airflow.paused
    said, again = capsys.readouterr().out.splitlines()
    assert said == f"{DAG} is paused: it is unpaused for this run, and paused again afterwards"
    assert again.startswith(f"{DAG} is paused again")


def test_a_dag_that_is_not_paused_stays_so(state, capsys):
    airflow = FakeAirflowRuns()
    with training.unpaused(airflow, SETTINGS, DAG):
        pass
    assert not airflow.paused
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("first_to_end", [0, 1])
def test_of_two_runs_at_once_the_last_to_end_pauses_the_dag_again(state, capsys, first_to_end):
    airflow = FakeAirflowRuns(paused=True)
    runs = [training.unpaused(airflow, SETTINGS, DAG) for _ in range(2)]
    for run in runs:
        run.__enter__()
    first, last = runs[first_to_end], runs[1 - first_to_end]
    capsys.readouterr()

    first.__exit__(None, None, None)
    assert not airflow.paused
    assert capsys.readouterr().out == f"{DAG} stays unpaused for another run, and is paused again after that\n"

    last.__exit__(None, None, None)
    assert airflow.paused
    assert capsys.readouterr().out == f"{DAG} is paused again\n"

    airflow.paused = False
    with training.unpaused(airflow, SETTINGS, DAG):
        pass
    assert not airflow.paused, "what was restored is not restored again"


def test_another_dag_is_paused_again_by_its_own_run(state):
    training_dag, prediction = FakeAirflowRuns(paused=True), FakeAirflowRuns(paused=True)
    with training.unpaused(training_dag, SETTINGS, DAG):
        with training.unpaused(prediction, SETTINGS, "insurance_prediction"):
            assert not prediction.paused
        assert prediction.paused
        assert not training_dag.paused
    assert training_dag.paused


KILLED = """
import os, signal, sys
from stack.runs import training

class Paused:
    def call(self, *_, **__):
        return {"is_paused": True}

with training.unpaused(Paused(), None, sys.argv[1]):
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_the_run_after_one_that_was_killed_pauses_the_dag_again(state, capsys):
    folders = {
        "PYTHONPATH": f"{PROJECT}/airflow:{PROJECT}/provider",
        "PATH": "/usr/bin:/bin",
        "PROPENSITY_STATE": str(state),
    }
    killed = subprocess.run([sys.executable, "-c", KILLED, DAG], env=folders, timeout=60, check=False)
    assert killed.returncode == -signal.SIGKILL

    airflow = FakeAirflowRuns()
    with training.unpaused(airflow, SETTINGS, DAG):
        assert not airflow.paused
    assert airflow.paused
    assert capsys.readouterr().out == f"{DAG} is paused again\n"


def test_a_dag_that_cannot_be_paused_again_is_reported_once(state, capsys):
    airflow = FakeAirflowRuns(paused=True)
    with training.unpaused(airflow, SETTINGS, DAG):
        call, airflow.call = airflow.call, _unreachable
    assert capsys.readouterr().err == f"{DAG} stays unpaused; to pause it: {SETTINGS.airflow_url}/dags/{DAG}\n"

    airflow.call = call
    with training.unpaused(airflow, SETTINGS, DAG):
        pass
    assert not airflow.paused


def _unreachable(*_, **__):
    raise Failure("Airflow does not answer", 1)


INTERRUPTED = """
import runpy, signal, sys, time

# As in a terminal, however the tests were started: in the background Ctrl-C is ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)
sys.argv = ["propensity", "stack", "stop"]
from stack import commands

def stop():
    try:
        print("at work", flush=True)
        time.sleep(60)
    finally:
        print("restored", flush=True)

commands.stop = stop
runpy.run_module("command_line", run_name="__main__")
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_command_that_is_ended_puts_back_what_it_changed(number):
    folders = {"PYTHONPATH": f"{PROJECT}/airflow:{PROJECT}/provider:{PROJECT}", "PATH": "/usr/bin:/bin"}
    command = subprocess.Popen([sys.executable, "-c", INTERRUPTED], stdout=subprocess.PIPE, text=True, env=folders)
    assert command.stdout.readline() == "at work\n"
    command.send_signal(number)
    out, _ = command.communicate(timeout=30)
    assert (out, command.returncode) == ("restored\n", 130)


def test_a_run_waits_for_one_of_tomorrow_until_that_is_ended_and_its_dag_is_paused_again(trained):
    api = AirflowApi(trained.settings())
    body = {"logical_date": TOMORROW.isoformat(), "conf": {}}
    held = api.call("POST", f"/dags/{DAG}/dagRuns", json=body)["dag_run_id"]
    soon(lambda: trained.airflow(f"/dags/{DAG}/dagRuns/{held}")["state"] == "running")
    api.call("PATCH", f"/dags/{DAG}", json={"is_paused": True})
    try:
        with ThreadPoolExecutor() as other:
            run = other.submit(trained.make, "run", DATA="sample:20000")
            soon(lambda: run.done() or trained.airflow(f"/dags/{DAG}/dagRuns", state="queued")["dag_runs"])
            ended = trained.make("endrun", RUN=f"{DAG}/{held}")
            done = run.result(timeout=300)
        assert ended.stdout == f"the run {held} of {DAG} is marked as failed; its running tasks are stopped\n"
        assert done.returncode == 0
        assert f"waiting: {DAG} allows one active run, which is {held} since " in done.stdout
        assert f"to end it: make endrun RUN={DAG}/{held}\n" in done.stdout
        assert f"{DAG} is paused again\n" in done.stdout
        assert trained.airflow(f"/dags/{DAG}")["is_paused"]
    finally:
        api.call("PATCH", f"/dags/{DAG}", json={"is_paused": False})
    assert trained.make("endrun", RUN=f"{DAG}/{held}").returncode != 0
