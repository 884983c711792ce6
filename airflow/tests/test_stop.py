"""The stack's end: a violent one, and one amid a run."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

import requests
from machine import engine, processes_of, soon

DAG = "insurance_training"


def test_goes_on_after_a_violent_end(trained):
    supervisord = int((trained.state / "supervisord.pid").read_text())
    os.kill(supervisord, 9)
    assert trained.make("status").returncode != 0

    assert trained.make("start").returncode == 0
    url = trained.settings().endpoint_urls["insurance-sample"]
    soon(lambda: requests.get(f"{url}/ping", timeout=60).status_code == 200)


def test_a_run_that_is_watched_says_at_once_that_the_stack_was_stopped_and_goes_on_after_a_start(trained):
    with ThreadPoolExecutor() as other:
        watched = other.submit(trained.make, "run", DATA="sample:150000")
        soon(lambda: trained.works(DAG, "preprocess"))
        assert trained.make("stop").returncode == 0
        told = watched.result(timeout=120)

    assert told.returncode != 0
    assert "the stack was stopped; the run goes on after make start: http" in told.stderr
    assert trained.make("start").returncode == 0
    assert trained.succeeds(trained.last_run(DAG))


def test_stop_leaves_no_process_and_no_container_though_a_task_runs(trained):
    ours = {"label": trained.label()}
    trained.trigger(DAG, source="sample:200000")
    soon(lambda: trained.works(DAG, "train"))
    docker = engine()
    session = trained.session()

    assert trained.make("stop").returncode == 0

    assert processes_of(session) == []
    assert docker is None or docker.containers.list(all=True, filters=ours) == []
    assert trained.make("status").returncode != 0
