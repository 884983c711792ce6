"""Sends rows of a file to an endpoint and keeps their scores."""

from __future__ import annotations

import os
import subprocess

from stack import jars, places
from stack.environment import components
from stack.failure import Failure
from stack.releasing import endpoint_of, released_name
from stack.servers import lifecycle


def invoke() -> int:
    """Sends the rows of DATA to an endpoint, the running stack's by default, and writes the scores to models/."""
    data = os.environ.get("DATA")
    if not data:
        raise Failure("DATA=…: which rows? a path, https://… or s3://…", 2)
    endpoint, environment = os.environ.get("ENDPOINT"), dict(os.environ)
    name = "invoked"
    if not endpoint:
        settings = lifecycle.running()
        dataset = released_name(settings)
        name = f"invoked-{dataset}"
        endpoint, environment = endpoint_of(settings, dataset), components(settings)
        print(f"invoking {endpoint}, which serves {dataset}", flush=True)
    file = places.FILES / "models" / f"{name}.csv"
    words = [f"--endpoint={endpoint}", f"--data={data}", f"--output={file}"]
    done = subprocess.run(
        [jars.LAUNCHER, "invoke", *words], env=environment, stdout=subprocess.PIPE, text=True, check=False
    )
    if done.returncode == 0:
        print(file)
    return done.returncode
