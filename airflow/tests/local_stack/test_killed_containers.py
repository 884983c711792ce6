"""Containers that are killed at random while their tasks work."""

from __future__ import annotations

import contextlib
import os
import random
import threading
import time
from collections import Counter

import docker
import pytest
from machine import engine, soon
from observed import is_in_order

DAG, NAME = "insurance_training", "insurance-synthetic"
KILLS = int(os.environ.get("N") or 20)
"""Containers to kill, all in all."""

A_TASK = 2
"""Containers to kill of each task of a run, which leaves it three of its five tries."""


class Blows(threading.Thread):
    """Kills the stack's containers, each at a random moment of its life, until it is ended."""

    def __init__(self, api, ours: str, most: int, chance: random.Random):
        super().__init__()
        self._engine, self._ours, self._most, self._chance = api, ours, most, chance
        self._ended = threading.Event()
        self.hits: Counter[str] = Counter()

    def run(self) -> None:
        due: dict[str, float] = {}
        while not self._ended.wait(0.05):
            for found in self._engine.containers(filters={"label": self._ours}):
                at = due.setdefault(found["Id"], time.monotonic() + self._chance.uniform(0, 2.5))
                task = found["Labels"]["propensity.task"]
                if time.monotonic() >= at and self.hits[task] < A_TASK and self.hits.total() < self._most:
                    # Docker returns an error for one that has ended by itself meanwhile; it does not count.
                    with contextlib.suppress(docker.errors.APIError):
                        self._engine.kill(found["Id"])
                        self.hits[task] += 1

    def end(self) -> None:
        """Waits for the last blow."""
        self._ended.set()
        self.join()


@pytest.mark.faults
def test_containers_killed_at_random_leave_the_right_result(trained):
    found = engine()
    if found is None:
        pytest.skip("no Docker Engine responds")
    chance = random.Random(5)
    killed = 0
    for number in range(1, KILLS + 1):
        source = f"sample:{20000 + number}"
        blows = Blows(found.api, trained.label(), KILLS - killed, chance)
        blows.start()
        try:
            trained.run(DATA=source)
        finally:
            blows.end()
        # A blow that cost no try struck a container whose work was done.
        tries = trained.tries(DAG)
        killed += sum(min(blows.hits[task], tries[task] - 1) for task in tries)
        print(f"containers killed: {dict(blows.hits)}; tries: {tries}")
        struck = trained.results(DAG)
        inspect(trained, struck)
        if killed >= KILLS:
            break
    print(f"{killed} containers were killed at work")
    assert killed >= KILLS

    # The same work, undisturbed, gives the same bytes, or it would fail.
    trained.run(DATA=source, FORCE="all")

    assert {task: result["uri"] for task, result in trained.results(DAG).items() if task != "deploy"} == {
        task: result["uri"] for task, result in struck.items() if task != "deploy"
    }
    inspect(trained, trained.results(DAG))
    soon(lambda: not found.api.containers(all=True, filters={"label": trained.label()}))


def inspect(stack, results: dict[str, dict]) -> None:
    """One MLflow run of the model, one version, and an endpoint that answers with the ledger's champion."""
    model = results["train"]["uri"].rstrip("/")
    found = is_in_order(stack, NAME)
    assert found.runs_of(model) == 1
    versions = [version for version in found.versions if version["source"].rstrip("/") == model]
    assert len(versions) == 1
