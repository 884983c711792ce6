"""Sends rows of a file to an endpoint and keeps their scores."""

from __future__ import annotations

import os
import subprocess

from stack import jars, paths
from stack.configuration.environment import components
from stack.failure import Failure
from stack.releases.releasing import released_name
from stack.servers import lifecycle


def invoke(data: str | None, endpoint: str | None, dataset: str | None) -> int:
    """Sends rows to an endpoint, the running stack's by default, and writes the scores to models/."""
    if not data:
        raise Failure("DATA= is missing: the rows to score, as a path, https://… or s3://…", 2)
    environment = dict(os.environ)
    name = "invoked"
    if not endpoint:
        settings = lifecycle.running()
        released = released_name(settings, dataset)
        name = f"invoked-{released}"
        endpoint, environment = settings.endpoint_urls[released], components(settings)
        print(f"invoking {endpoint}, which serves {released}", flush=True)
    file = paths.FILES / "models" / f"{name}.csv"
    words = [f"--endpoint={endpoint}", f"--data={data}", f"--output={file}"]
    done = subprocess.run(
        [jars.LAUNCHER, "invoke", *words], env=environment, stdout=subprocess.PIPE, text=True, check=False
    )
    if done.returncode == 0:
        print(file)
    return done.returncode
