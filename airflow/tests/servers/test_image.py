"""A Docker Engine that answers where no task image can be built."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace

import pytest

from stack import paths
from stack.configuration.requested import Requested
from stack.configuration.settings import Settings
from stack.failure import Failure
from stack.servers import containers, lifecycle, supervision
from stack.servers.programs import programs

TOOLS = ("bash", "cat", "cut", "dirname", "env", "grep", "sed", "sha256sum")
NO_REGISTRY = '#!/bin/sh\n[ "$1" = info ] && exit 0\nexit 1\n'
SETTINGS = Settings(ports={"AIRFLOW_PORT": 1, "MLFLOW_PORT": 2, "S3_PORT": 3}, runner="docker")


@pytest.fixture(autouse=True)
def state(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "STATE", tmp_path)


@pytest.fixture
def no_registry(tmp_path, monkeypatch):
    """A machine with an engine, but no registry, no image and no mmdebstrap."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for tool in TOOLS:
        (folder / tool).symlink_to(shutil.which(tool))
    docker = folder / "docker"
    docker.write_text(NO_REGISTRY)
    docker.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.delenv("BASE_IMAGE", raising=False)


class Supervisord:
    """Remembers which programs it was given and which it started."""

    def follow(self, given):
        self.given = {program.name: program for program in given}

    def start(self, names):
        self.started = names


def test_the_build_reports_that_there_is_no_base_image(no_registry):
    if not (paths.BUILT_JARS / "code.sha256").exists():
        pytest.skip("the jars are not built: make build")
    script = paths.PROJECT / "airflow" / "image" / "build"
    done = subprocess.run([script, "propensity-nobody"], capture_output=True, text=True, check=False)

    assert done.returncode == 1
    [line] = done.stderr.splitlines()
    assert line.startswith("no base image: eclipse-temurin:17-jre-jammy cannot be pulled, and mmdebstrap, ")
    assert not containers.build_image("propensity-nobody")


def test_tasks_run_as_processes_and_the_start_reports_it(capsys):
    supervisord = Supervisord()

    settings = lifecycle._without_image(SETTINGS, supervisord)

    assert settings.runner == "process"
    assert supervisord.given["airflow-scheduler"].environment == {"PROPENSITY_RUNNER": "process"}
    assert set(supervisord.started) == {name for name, program in supervisord.given.items() if not program.late}
    assert "the task image cannot be built, so the tasks run as processes" in capsys.readouterr().out


def test_containers_that_were_requested_explicitly_are_an_error_before_anything_starts(monkeypatch):
    monkeypatch.setattr(containers, "runner", lambda wanted: wanted)
    monkeypatch.setattr(containers, "build_image", lambda name: False)
    monkeypatch.setattr(lifecycle, "_reject_taken_ports", lambda settings: None)

    with pytest.raises(
        Failure, match=r"^RUNNER=docker, but the task image cannot be built; fix .* or omit RUNNER"
    ) as failure:
        lifecycle._from_nothing(None, Requested("docker", {}, None))

    assert failure.value.code == 2


def test_airflow_alone_restarts_where_the_runner_changes():
    docker, process = (_sections(replace(SETTINGS, runner=runner)) for runner in ("docker", "process"))

    assert {name for name in docker if docker[name] != process[name]} == {
        "program:airflow-api-server",
        "program:airflow-dag-processor",
        "program:airflow-scheduler",
        "program:airflow-triggerer",
    }


def _sections(settings: Settings) -> dict[str, str]:
    """supervisord's settings by their section."""
    parts = supervision._configuration(programs(settings)).split("\n[")
    return dict(part.lstrip("[").split("]", 1) for part in parts)
