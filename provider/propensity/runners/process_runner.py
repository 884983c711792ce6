"""Runs a jar as a child process of the worker, for a machine without a Docker Engine."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from propensity.runners import contract
from propensity.runners.jar_operator import JarOperator
from propensity.runners.log_lines import forward
from propensity.sdk import AirflowFailException
from propensity.settings import described, setting
from propensity.task_environment import environment

INHERITED = ("HOME", "JAVA_HOME", "LANG", "PATH", "PROPENSITY_STACK_ID", "TMPDIR", "TZ")
GRACE_SECONDS = 10


class ProcessJarOperator(JarOperator):
    """The same contract as in a container: a result file, exit codes, and nothing left behind."""

    def __init__(self, **settings) -> None:
        super().__init__(**settings)
        self.process: subprocess.Popen | None = None

    def execute(self, context):
        self.begin(context)
        with TemporaryDirectory(prefix="propensity-") as folder:
            file = Path(folder, "result.json")
            exit_code, last_line = self._run(self.command_line(str(file)), folder)
            result = _read_result(file)
        result = contract.raise_for_exit_code(
            exit_code, result, last_line, memory_hint="increase -Xmx in PROPENSITY_JAVA_OPTIONS"
        )
        return self.conclude(context, result)

    def _run(self, argv: list[str], folder: str) -> tuple[int, str]:
        inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
        if jars := setting("PROPENSITY_JARS"):
            if not Path(jars).is_dir():
                raise AirflowFailException(f"{described('PROPENSITY_JARS')}: the folder {jars} does not exist")
            inherited["PROPENSITY_JARS"] = jars
        last_line = ""
        self.process = subprocess.Popen(  # noqa: S603
            [_launcher(), *argv],
            cwd=folder,
            env=inherited | environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_die_with_parent,
        )
        try:
            for line in self.process.stdout:
                last_line = line.decode(errors="replace").rstrip() or last_line
                forward(self.log, last_line)
            exit_code = self.process.wait()
        finally:
            self.on_kill()
        return (exit_code if exit_code >= 0 else 128 - exit_code), last_line

    def on_kill(self) -> None:
        """Terminates the whole process group: SIGTERM, then SIGKILL."""
        if self.process is None or self.process.poll() is not None:
            return
        os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)


def _read_result(file: Path) -> Any:
    if not file.exists() or not file.stat().st_size:
        return None
    with file.open(encoding="utf-8") as opened:
        return contract.load(opened)


def _launcher() -> str:
    """The program that starts a jar; in the project's own folder, there is one."""
    own = Path(__file__).parents[3] / "airflow" / "image" / "propensity"
    launcher = setting("PROPENSITY_LAUNCHER") or str(own)
    if not Path(launcher).is_file():
        raise AirflowFailException(
            f"the launcher {launcher} does not exist: set launcher in the section [propensity] of Airflow's "
            "configuration to airflow/image/propensity, and jars to the folder of the jars"
        )
    return launcher


def _die_with_parent() -> None:
    """Makes Linux kill the child when the task's process is killed."""
    if sys.platform == "linux":
        set_parent_death_signal = 1
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGKILL)
