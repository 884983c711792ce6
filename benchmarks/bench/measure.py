"""What a whole process takes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
LAUNCHER = PROJECT / "airflow" / "image" / "propensity"
ENVIRONMENTS = Path(os.environ.get("PROPENSITY_ENVIRONMENTS", PROJECT / ".propensity" / "environments"))
SHARED = Path(os.environ.get("PROPENSITY_SHARED", PROJECT.parent / "shared"))


@dataclass(frozen=True)
class Usage:
    """Seconds by the clock and on processors, and the most memory held, in MiB."""

    wall: float
    cpu: float
    rss: float
    out: str

    @property
    def uri(self) -> str:
        """The one line that a task prints."""
        return self.out.strip().splitlines()[-1]


class Failed(Exception):
    """A measured command that did not end well."""


def run(command: list[str], environment: dict[str, str] | None = None) -> Usage:
    """Runs the command to its end."""
    begin = time.perf_counter()
    process = subprocess.Popen(
        command, env={**os.environ, **(environment or {})}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    # stderr of the measured commands is short: it fits the pipe.
    out = process.stdout.read()
    error = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise Failed(f"{' '.join(command)[:300]}\nended with {process.returncode}:\n{error}")
    return Usage(time.perf_counter() - begin, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, out)


def task(name: str, environment: dict[str, str], **options: object) -> Usage:
    """Runs a jar."""
    command = [str(LAUNCHER), name]
    for option, value in options.items():
        command += [f"--{option}", str(value)]
    return run(command, environment)


def java(name: str, *arguments: str, jars: Sequence[Path] = ()) -> list[str]:
    """The command that runs one of the bench's own classes, with these jars beside the libraries."""
    classes = [PROJECT / "benchmarks" / "target" / "classes", PROJECT / "build" / "jars" / "lib" / "*", *jars]
    return [
        "java",
        "--add-opens=java.base/java.nio=ALL-UNNAMED",
        f"--class-path={':'.join(map(str, classes))}",
        f"dev.propensity.benchmarks.{name}",
        *arguments,
    ]


def archive_classes() -> None:
    """Makes the class-data archive that the task image has, so that the jars start here as they do there."""
    subprocess.run(
        [str(PROJECT / "airflow" / "image" / "archive")], check=True, env=os.environ | {"PROPENSITY_JARS": ""}
    )


def least(times: int, measured: Callable[[], Usage]) -> Usage:
    """The least time of some runs, by the clock and on processors: on a shared machine the others had worse
    neighbours. Of memory the most."""
    runs = [measured() for _ in range(times)]
    return Usage(
        min(usage.wall for usage in runs),
        min(usage.cpu for usage in runs),
        max(usage.rss for usage in runs),
        runs[-1].out,
    )


def memory(pid: int, measure: str) -> float:
    """What a running process holds, in MiB: VmRSS now, VmHWM at most so far."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(f"{measure}:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError(f"no {measure}")


def progress(text: str) -> None:
    print(f"… {text}", file=sys.stderr, flush=True)
