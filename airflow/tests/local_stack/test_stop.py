"""The stack's end: a violent one, and one amid a run."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

import requests
from machine import engine, processes_of, soon
from observed import is_in_order

DAG, NAME = "insurance_training", "insurance-synthetic"


def test_goes_on_after_a_violent_end(trained):
    supervisord = int((trained.state / "supervisord.pid").read_text())
    os.kill(supervisord, 9)
    assert trained.make("status").returncode != 0

    assert trained.make("start").returncode == 0
    url = trained.settings().endpoint_urls[NAME]
    soon(lambda: requests.get(f"{url}/ping", timeout=60).status_code == 200)


def test_a_stop_during_a_run_leaves_nothing_is_reported_and_the_run_continues_after_a_start(trained):
    ours = {"label": trained.label()}
    docker = engine()
    session = trained.session()
    with ThreadPoolExecutor() as other:
        watched = other.submit(trained.make, "run", DATA="sample:60000", RELEASE="challenger")
        soon(lambda: trained.works(DAG, "train"))

        assert trained.make("stop").returncode == 0

        ended = watched.result(timeout=120)
    assert ended.returncode != 0
    assert "the stack was stopped; the run continues after make start: http" in ended.stderr
    assert processes_of(session) == []
    assert docker is None or docker.containers.list(all=True, filters=ours) == []
    assert trained.make("status").returncode != 0

    assert trained.make("start").returncode == 0
    assert trained.succeeds(trained.last_run(DAG))
    assert is_in_order(trained, NAME).runs_of(trained.results(DAG)["train"]["uri"]) == 1
