"""One run of the workflow deploy.yml on this machine: its steps' shell, with the files that GitHub gives them."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import workflow

JOBS = workflow.read()["jobs"]
STAGE = "${{ inputs.stage || (github.ref_name == 'main' && 'prod') || github.ref_name }}"


class WorkflowRun:
    """What the steps of a run leave to each other.

    :param folder: takes the files
    :param environment: the environment of every step
    :param context: the values of expressions, by name: github.actor, inputs.why
    """

    def __init__(self, folder: Path, environment: dict[str, str], context: dict[str, str]):
        self.context = context
        self.walked: set[tuple[str, str]] = set()
        """The job and command of each step that was run."""
        self._output, self._summary = folder / "output", folder / "summary.md"
        self._environment = environment | {
            "GITHUB_OUTPUT": str(self._output),
            "GITHUB_STEP_SUMMARY": str(self._summary),
        }

    @property
    def summary(self) -> str:
        """The run's page."""
        return self._summary.read_text() if self._summary.exists() else ""

    def step(self, job: str, command: str, *, fails: bool = False, **more: str) -> str:
        """Runs the step of this command as a runner does; what it printed."""
        step = next(step for step in workflow.steps(JOBS[job]) if step.get("run") == command)
        given = JOBS[job].get("env", {}) | step.get("env", {})
        self._output.unlink(missing_ok=True)
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", command],
            cwd=workflow.PROJECT,
            env=self._environment | {name: self._said(str(value)) for name, value in given.items()} | more,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=600,
            check=False,
        )
        assert bool(done.returncode) == fails, done.stdout
        self.walked.add((job, command))
        if "id" in step and self._output.exists():
            for line in self._output.read_text().splitlines():
                name, _, value = line.partition("=")
                self.context[f"steps.{step['id']}.outputs.{name}"] = value
        return done.stdout

    def _said(self, text: str) -> str:
        """The text with its expressions' values; the one that finds the stage is of a person's choice."""
        text = text.replace(STAGE, self.context["inputs.stage"])
        return re.sub(r"\${{ ([\w.]+) }}", lambda match: self.context[match.group(1)], text)
