"""Sends rows of a file to an endpoint and keeps their scores."""

from __future__ import annotations

import os
from pathlib import Path

from stack import jars, paths, terminal
from stack.configuration.environment import components
from stack.failure import Failure
from stack.releases.champion import champion
from stack.releases.releasing import released_name
from stack.servers import lifecycle
from stack.store import Store


def invoke(data: str | None, endpoint: str | None, dataset: str | None) -> int:
    """Sends rows to an endpoint, the running stack's by default, and writes the scores to models/."""
    if not data:
        raise Failure("DATA= is missing: the rows to score, as a path, https://… or s3://…", 2)
    environment = dict(os.environ)
    name = "invoked"
    if not endpoint:
        settings = lifecycle.running()
        released = released_name(settings, dataset)
        champion(Store(settings).last_entry(settings.store, released), released)
        name = f"invoked-{released}"
        endpoint, environment = settings.endpoint_urls[released], components(settings)
        print(f"invoking {endpoint}, which serves {released}", flush=True)
    file = paths.FILES / "models" / f"{name}.csv"
    words = [f"--endpoint={endpoint}", f"--data={data}", f"--output={file}"]
    done, log = jars.run_with_log(environment, "invoke", *words)
    if done.code == 0:
        print()
        terminal.facts(summary(done.reason, log, file))
    return done.code


def summary(reason: str, log: list[str], file: Path) -> list[tuple[str, str]]:
    """What the task reports: its reason, its warnings, and the file of scores, which is last."""
    scored, _, warning = reason.partition("; WARNING: ")
    rows = [("scored", scored), *([("WARNING", warning)] if warning else [])]
    rows += [("note", line.removeprefix("WARN ")) for line in log if line.startswith("WARN ")]
    return [*rows, ("file", str(file))]
