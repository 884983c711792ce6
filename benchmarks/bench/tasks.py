"""Tasks of the jars that run one after another in one process: hundreds of short ones do not each start a JVM."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import takewhile
from pathlib import Path

from bench.measure import Failed, java

Task = Callable[..., str]


@contextmanager
def tasks(environment: dict[str, str], log: Path) -> Iterator[Task]:
    """Runs a task by its name and options; each returns its output's URI."""
    command = java("TaskRunner", jars=sorted(Path(environment["PROPENSITY_JARS"]).glob("*.jar")))
    variables = os.environ | environment
    with (
        log.open("w") as errors,
        subprocess.Popen(
            command, env=variables, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True
        ) as process,
    ):

        def task(name: str, /, **options: object) -> str:
            words = [name, *(f"--{option}={value}" for option, value in options.items())]
            process.stdin.write(json.dumps(words) + "\n")
            process.stdin.flush()
            printed = list(takewhile(lambda line: not line.isdigit(), map(str.strip, process.stdout)))
            if not printed:
                raise Failed(f"{' '.join(words)} failed:\n{log.read_text()[-2000:]}")
            return printed[-1]

        yield task
        process.stdin.close()
