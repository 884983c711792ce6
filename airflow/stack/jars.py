"""The tasks' jars, run against the running stack with the settings of the running stack."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from stack import paths, wording
from stack.configuration.environment import components
from stack.configuration.settings import Settings
from stack.failure import Failure
from stack.task_result import TaskResult

LAUNCHER = paths.PROJECT / "airflow" / "image" / "propensity"


def run(settings: Settings, task: str, *words: str, environment: dict[str, str] | None = None) -> TaskResult:
    """Runs a task and prints its one line: its reason, or its whole output where it failed."""
    done, written = _run([task, *words], components(settings) | (environment or {}))
    reason = written.get("reason") or ""
    if done.returncode == 0:
        # Where a task prints more than its URI, that is its result.
        print("\n".join([*([] if written.get("uri") else [done.stdout.rstrip()]), *([reason] if reason else [])]))
    else:
        print(_error(done, written), file=sys.stderr)
    return TaskResult(done.returncode, written.get("uri") or "", reason)


def run_with_log(environment: dict[str, str], task: str, *words: str) -> tuple[TaskResult, list[str]]:
    """Runs a task; its result, and the lines of its log. Prints its one line where it fails, else nothing."""
    done, written = _run([task, *words], environment)
    if done.returncode:
        print(_error(done, written), file=sys.stderr)
    return (
        TaskResult(done.returncode, written.get("uri") or "", written.get("reason") or ""),
        done.stderr.splitlines(),
    )


def print_json(value: Any) -> None:
    """Prints JSON for a script."""
    print(json.dumps(value, indent=2, ensure_ascii=False))


def check(task: str, *words: str) -> None:
    """Runs a task that needs no stack, and prints nothing; fails with its one line where it fails."""
    done, written = _run([task, *words], os.environ | {"PROPENSITY_JARS": str(_built())})
    if done.returncode:
        raise Failure(_error(done, written), done.returncode)


def run_and_show(task: str, *words: str) -> int:
    """Runs a task that needs no stack; shows its output and its log, but of a failure its one line alone."""
    with tempfile.TemporaryDirectory(prefix="propensity-") as folder:
        file = Path(folder, "result.json")
        log = []
        with subprocess.Popen(
            [LAUNCHER, task, *words, f"--result={file}"],
            env=os.environ | {"PROPENSITY_JARS": str(_built())},
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            for line in process.stderr or ():
                if line.startswith("INFO "):
                    print(wording.as_typed(line.removeprefix("INFO ")), end="", file=sys.stderr, flush=True)
                else:
                    log.append(line)
        if process.returncode:
            written = json.loads(file.read_text()) if file.exists() else {}
            done = subprocess.CompletedProcess([], process.returncode, "", "".join(log))
            raise Failure(_error(done, written), process.returncode)
        for line in log:
            if line.startswith("WARN "):
                print(wording.as_typed(line), end="", file=sys.stderr, flush=True)
        return 0


def _error(done: subprocess.CompletedProcess, written: dict[str, str]) -> str:
    """Why a task failed: its reason, or the error at the end of its log."""
    log = done.stderr.rstrip()
    return written.get("reason") or f"\n{log}".rpartition("\nERROR ")[2].strip()


def _run(words: list[str], environment: dict[str, str]) -> tuple[subprocess.CompletedProcess, dict[str, str]]:
    """The output and the result of a task's process."""
    with tempfile.TemporaryDirectory(prefix="propensity-") as folder:
        file = Path(folder, "result.json")
        done = subprocess.run(
            [LAUNCHER, *words, f"--result={file}"], env=environment, capture_output=True, text=True, check=False
        )
        return done, json.loads(file.read_text()) if file.exists() else {}


def _built() -> Path:
    """The built jars; a start's copy of them, which starts faster, where there is one."""
    copy = paths.copied_jars(paths.text(paths.BUILT_JARS / "code.sha256") or "")
    return copy if copy.is_dir() else paths.BUILT_JARS
