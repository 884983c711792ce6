"""The stack under blows: what is killed or stopped while a run goes on, and the run's right end all the same."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from machine import processes_of, soon
from observed import is_in_order

pytestmark = pytest.mark.faults

DAG, NAME = "insurance_training", "insurance-synthetic"
PROGRAMS = ("airflow-scheduler", "airflow-dag-processor", "airflow-api-server", "mlflow", "s3", f"endpoint-{NAME}")


def group(stack, program: str) -> list[int]:
    """The program's processes, its leader first."""
    leader = stack.supervisor().getProcessInfo(program)["pid"]
    everyone = [int(process.name) for process in Path("/proc").glob("[0-9]*")]
    return [leader, *(pid for pid in everyone if pid != leader and _group(pid) == leader)]


def _group(pid: int) -> int | None:
    try:
        return os.getpgid(pid)
    except ProcessLookupError:
        return None


def while_running(stack, blow, **variables: str) -> str:
    """Strikes beside a run; what the run printed."""
    failed = []

    def strike():
        try:
            blow()
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=strike)
    thread.start()
    try:
        return stack.run(**variables)
    finally:
        thread.join()
        assert not failed, failed


def test_an_api_server_killed_during_a_training_costs_no_try(trained):
    during = []

    def blow():
        train = soon(lambda: trained.works(DAG, "train"))
        for pid in group(trained, "airflow-api-server"):
            os.kill(pid, signal.SIGKILL)
        # Asked of the server that comes after it: the task was at work before and goes on.
        during.append((train, trained.task_instances(DAG)["train"]))

    while_running(trained, blow, DATA="sample:60000", PARAMETERS='{"eta": 0.02}', RELEASE="challenger")

    [(before, after)] = during
    assert after["id"] == before["id"] and after["start_date"] == before["start_date"]
    assert set(trained.tries(DAG).values()) == {1}
    found = is_in_order(trained, NAME)
    assert found.runs_of(trained.results(DAG)["train"]["uri"]) == 1
    assert found.entries[-1]["challenger"]["model"] == trained.results(DAG)["train"]["uri"].rstrip("/")


def test_a_run_outlives_ten_seconds_without_s3_and_mlflow(trained):
    trained.run(DATA="sample:20000")
    before, results = is_in_order(trained, NAME), trained.results(DAG)
    during = []

    def blow():
        soon(lambda: trained.works(DAG, "train"))
        stopped = group(trained, "s3") + group(trained, "mlflow")
        for pid in stopped:
            os.kill(pid, signal.SIGSTOP)
        try:
            time.sleep(10)
            during.append(trained.task_instances(DAG))
        finally:
            for pid in stopped:
                os.kill(pid, signal.SIGCONT)

    summary = while_running(trained, blow, DATA="sample:20000", FORCE="all")

    assert "unchanged since" in summary
    assert during[0]["evaluate"]["state"] != "success", "what needs S3 cannot have gone on"
    assert {task: result["uri"] for task, result in trained.results(DAG).items()} == {
        task: result["uri"] for task, result in results.items()
    }
    after = is_in_order(trained, NAME)
    assert after == before
    assert after.runs_of(results["train"]["uri"]) == 1


def test_each_killed_program_comes_back_and_nothing_is_lost(trained):
    before = is_in_order(trained, NAME)
    for program in PROGRAMS:
        killed = trained.supervisor().getProcessInfo(program)["pid"]
        os.kill(killed, signal.SIGKILL)

        soon(lambda program=program, killed=killed: is_back(trained, program, killed))
        assert trained.make("start").returncode == 0
        after = soon(lambda: in_order_or_not_yet(trained))
        assert after.answers.pop("since") and before.answers.get("since")
        assert after.answers.items() <= before.answers.items()
        assert (after.entries, after.runs, after.versions) == (before.entries, before.runs, before.versions)

    # One that found its port taken by what the killed one left would have died again by now.
    soon(lambda: all(uptime(trained, program) >= 20 for program in PROGRAMS))
    trained.run(DATA="sample:20000")


def is_back(stack, program: str, killed: int) -> bool:
    """Whether another process runs in its place."""
    process = stack.supervisor().getProcessInfo(program)
    return process["statename"] == "RUNNING" and process["pid"] != killed


def uptime(stack, program: str) -> int:
    """The seconds for which it has been running."""
    process = stack.supervisor().getProcessInfo(program)
    return process["now"] - process["start"] if process["statename"] == "RUNNING" else 0


def in_order_or_not_yet(stack):
    """What is there; nothing while a server is still on its way."""
    with contextlib.suppress(OSError, AssertionError):
        return is_in_order(stack, NAME)
    return None


def test_all_servers_killed_twice_in_random_order_come_back_and_leave_nothing_behind(trained):
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    chance = random.Random(seed)
    programs, killed = list(states(trained)), set()
    for _ in range(2):
        for program in chance.sample(programs, len(programs)):
            process = soon(
                lambda program=program: process_of(trained, program) - killed,
                state=lambda program=program: (states(trained)[program], last_lines(trained, program)),
            ).pop()
            os.kill(process[0], signal.SIGKILL)
            killed.add(process)
            time.sleep(chance.random())
    last_kill = datetime.now(UTC)

    assert trained.make("start").returncode == 0, "it waits until each server answers"
    soon(lambda: heartbeats(trained, after=last_kill))
    assert left_behind(trained) == []
    before = {program: state["pid"] for program, state in states(trained).items()}
    # One that found its port taken would have died again by then.
    time.sleep(15)
    assert {program: state["pid"] for program, state in states(trained).items()} == before
    shown = trained.make("status")
    assert shown.returncode == 0
    lines = [line for line in shown.stdout.splitlines() if line.partition(" ")[0] in before]
    assert len(lines) == len(before)
    assert all("running" in line and "restarted " in line for line in lines)
    trained.run(DATA="sample:20000")


def states(stack) -> dict[str, dict]:
    """What supervisord shows of each program."""
    return {process["name"]: process for process in stack.supervisor().getAllProcessInfo()}


def process_of(stack, program: str) -> set[tuple[int, int]]:
    """The program's process with its start, as Linux reuses numbers; none while it has none."""
    state = states(stack)[program]
    return {(state["pid"], state["start"])} if state["pid"] else set()


def last_lines(stack, program: str) -> str:
    """The end of the program's log."""
    return Path(states(stack)[program]["stdout_logfile"]).read_text(errors="replace")[-2000:]


def heartbeats(stack, after: datetime) -> bool:
    """Whether scheduler, DAG processor and triggerer are healthy, by heartbeats since then."""
    try:
        health = stack.airflow("/monitor/health")
    except OSError:
        return False
    last = [
        health["scheduler"]["latest_scheduler_heartbeat"],
        health["dag_processor"]["latest_dag_processor_heartbeat"],
        health["triggerer"]["latest_triggerer_heartbeat"],
    ]
    return all(time and datetime.fromisoformat(time) > after for time in last)


def left_behind(stack) -> list[str]:
    """The stack's processes that belong to no program that runs."""
    leaders = {state["pid"] for state in states(stack).values()} | {stack.session()}
    pids = [int(process.name) for process in processes_of(stack.session())]
    return [f"{pid} {Path(f'/proc/{pid}/cmdline').read_text()}" for pid in pids if _group(pid) not in leaders]
