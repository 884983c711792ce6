"""The stack's start, stop and state."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import time
import uuid
from dataclasses import replace

import requests

from stack import paths, wording
from stack.airflow_api import AirflowApi, Stopped
from stack.configuration.environment import aws_connection, cores, image, password_files
from stack.configuration.requested import Requested
from stack.configuration.settings import BUCKET, Settings, load, resolve, stack_id, with_endpoints
from stack.failure import Failure
from stack.servers import containers, databases, ports, processes, watching
from stack.servers.programs import Program, programs, s3_properties, s3_properties_file
from stack.servers.supervision import Supervision

START_SECONDS = 300
"""Seconds that a program may take to respond, on a busy machine."""

RESTARTS = 4
"""Times that a program may die while it starts."""


def report(line: str) -> None:
    print(line, flush=True)


def start(wanted: Requested) -> Settings:
    """Brings the stack up, or a running one up to date, and waits until all of it responds."""
    supervision = Supervision()
    settings = _up_to_date(supervision, wanted) if supervision.responds() else _from_nothing(supervision, wanted)
    all_programs = programs(settings)
    _wait(supervision, all_programs)
    _register_in_airflow(settings)
    supervision.start([program.name for program in all_programs if program.late])
    return settings


def running(elsewhere: str = "") -> Settings:
    """The running stack's settings; ``elsewhere`` is added to the error where none runs."""
    settings = load()
    if settings is None or not Supervision().responds():
        raise Failure(f"the stack is not running: make start{elsewhere}", 2)
    return settings


def stop() -> None:
    """Stops all of it, in any state, and leaves no process and no container."""
    supervision = Supervision()
    if supervision.responds():
        supervision.shut_down()
    processes.end(stack_id())
    containers.remove_all(stack_id())


def _from_nothing(supervision: Supervision, wanted: Requested) -> Settings:
    if processes.end(stack_id()):
        report("ended the remaining processes of a stack that was killed")
    settings = resolve(wanted)
    _check_monitoring(settings)
    _reject_taken_ports(settings)
    settings = replace(settings, runner=containers.runner(wanted.runner))
    if wanted.runner == "docker" and not containers.build_image(image()):
        raise Failure(
            "RUNNER=docker, but the task image cannot be built; "
            "fix the error printed above, or omit RUNNER to run the tasks as processes",
            2,
        )
    _write_files(settings)
    all_programs = programs(settings)
    report(f"starting the local stack; tasks run by {settings.runner}")
    supervision.begin(settings, all_programs)
    try:
        databases.make_mlflow()
        supervision.start([program.name for program in all_programs if not program.needs_database])
        databases.migrate_airflow(settings)
        supervision.start([program.name for program in all_programs if not program.late])
    except (Failure, OSError) as error:
        if supervision.still_runs():
            raise
        raise Stopped from error
    # While the programs start, since both take some time.
    if settings.runner == "docker" and not containers.build_image(image()):
        return _without_image(settings, supervision)
    return settings


def _without_image(settings: Settings, supervision: Supervision) -> Settings:
    """Has Airflow run the tasks as processes, since there is no image for containers."""
    retry = wording.as_typed("make stop && make start")
    report(f"the task image cannot be built, so the tasks run as processes; to try again: {retry}")
    settings = replace(settings, runner="process")
    settings.save()
    all_programs = programs(settings)
    supervision.follow(all_programs)
    supervision.start([program.name for program in all_programs if not program.late])
    return settings


def _up_to_date(supervision: Supervision, wanted: Requested) -> Settings:
    """Adds new datasets, new jars and a changed BACKUP, CAPTURE or MONITORING to the running stack."""
    kept = load()
    if kept is None:
        raise Failure("a stack is running, but its settings are missing: make stop", 1)
    wanted.check_against(kept.requestable)
    settings = with_endpoints(kept, wanted)
    _check_monitoring(settings)
    if settings.backup != kept.backup:
        change = "now have a second server each" if settings.backup else "no longer have a second server"
        backup = wording.as_typed(f"BACKUP={int(settings.backup)}")
        report(f"{backup}: the endpoints {change}; those that change restart")
    if settings.capture != kept.capture:
        change = "capture the rows that they score" if settings.capture else "capture only what the datasets' files say"
        report(f"{wording.as_typed(f'CAPTURE={int(settings.capture)}')}: the endpoints {change}, and restart")
    if settings.monitoring != kept.monitoring:
        change = "start" if settings.monitoring else "stop"
        variable = wording.as_typed(f"MONITORING={int(settings.monitoring)}")
        report(f"{variable}: Prometheus, Alertmanager and the blackbox exporter {change}")
    fresh = {f"the endpoint of {name}": port for name, port in settings.servers.items() if name not in kept.servers}
    fresh |= {name: port for name, port in settings.used_ports.items() if name not in kept.used_ports}
    for name, port in fresh.items():
        if ports.is_taken(port):
            raise Failure(f"port {port} of {name} is in use by {_holders(port)}", 2)
    new_jars = _write_files(settings)
    all_programs = programs(settings)
    changed = supervision.follow(all_programs)
    if new_jars:
        for name in [program.name for program in all_programs if program.name.startswith("endpoint-")]:
            if name not in changed:
                supervision.restart(name)
    supervision.start([program.name for program in all_programs])
    if settings.runner == "docker" and not containers.build_image(image()):
        raise Failure(
            "the task image cannot be built; to run tasks as processes: make stop && make start RUNNER=process", 1
        )
    return settings


def _check_monitoring(settings: Settings) -> None:
    if settings.monitoring:
        watching.check_installed()


def _reject_taken_ports(settings: Settings) -> None:
    wanted = {**settings.used_ports, **{f"endpoint of {name}": port for name, port in settings.servers.items()}}
    taken = [(name, port) for name, port in wanted.items() if ports.is_taken(port)]
    if taken:
        named = ", ".join(f"{port} ({name}) by {_holders(port)}" for name, port in taken)
        variable = taken[0][0] if taken[0][0] in settings.ports else "ENDPOINT_PORT"
        raise Failure(f"ports in use: {named}; free them or choose others, as in make start {variable}=…", 2)


def _holders(port: int) -> str:
    return ports.described(ports.holders(port))


def _write_files(settings: Settings) -> bool:
    """Writes what the programs read; whether the jars are others than before."""
    paths.STATE.mkdir(mode=0o700, parents=True, exist_ok=True)
    for folder in ("airflow", "logs", "mlflow", f"s3/{BUCKET}"):
        (paths.STATE / folder).mkdir(parents=True, exist_ok=True)
    for file, content in password_files(settings).items():
        paths.write_private(file, content)
    paths.write_private(s3_properties_file(), s3_properties(settings))
    for file, content in (watching.files(settings) if settings.monitoring else {}).items():
        paths.write_private(file, content)
    settings.save()
    if not (paths.STATE / "s3proxy").is_dir():
        shutil.copytree(paths.S3_SERVER, paths.STATE / "s3proxy")
    return _take_jars()


def _take_jars() -> bool:
    """Copies the built jars, since the next build replaces them; whether they are new."""
    digest = paths.text(paths.BUILT_JARS / "code.sha256")
    if digest is None:
        raise Failure("the jars are not built: make build", 2)
    folder = paths.copied_jars(digest)
    current = paths.JARS / "current"
    if not folder.is_dir():
        partial = folder.with_suffix(".partial")
        shutil.rmtree(partial, ignore_errors=True)
        # An archive is bound to the paths of its jars.
        shutil.copytree(paths.BUILT_JARS, partial, ignore=shutil.ignore_patterns("classes.jsa"))
        partial.rename(folder)
        # Starts endpoints and child processes faster; without it all works as well.
        archive = paths.PROJECT / "airflow" / "image" / "archive"
        subprocess.run([archive], env=os.environ | {"PROPENSITY_JARS": str(folder)}, check=False)
    if current.is_symlink() and current.resolve() == folder:
        return False
    link = paths.JARS / "next"
    link.unlink(missing_ok=True)
    link.symlink_to(folder.name)
    link.replace(current)
    return True


def _wait(supervision: Supervision, all_programs: list[Program]) -> None:
    """Waits until every program responds; reports the one that does not, with the end of its log."""
    begun = time.monotonic()
    pending = {program.name: program.url for program in all_programs if program.url}
    restarts: dict[str, set[int]] = {name: set() for name in pending}
    while pending:
        if not supervision.still_runs():
            raise Stopped
        pending = {name: url for name, url in pending.items() if not _is_up(url)}
        for process in supervision.processes():
            if process["name"] in pending and process["statename"] == "BACKOFF":
                restarts[process["name"]].add(process["start"])
        for name in pending:
            if len(restarts[name]) > RESTARTS or time.monotonic() - begun > START_SECONDS:
                raise Failure(f"{name} does not start; the end of {paths.LOGS}/{name}.log:\n{_end_of_log(name)}", 1)
        time.sleep(0.1)


def _end_of_log(name: str) -> str:
    lines = (paths.text(paths.LOGS / f"{name}.log") or "").splitlines()
    return "\n".join(lines[-15:])


def _is_up(url: str) -> bool:
    # Any response counts: an endpoint without a model returns 503, S3 without a signature 403.
    try:
        requests.get(url, timeout=10)
    except requests.RequestException:
        return False
    return True


def _register_in_airflow(settings: Settings) -> None:
    """Registers the stack in Airflow: pool, store, endpoints."""
    # Airflow creates the API for tasks at the first request; better now than for the first task.
    with contextlib.suppress(requests.RequestException):
        requests.patch(f"{settings.airflow_url}/execution/task-instances/{uuid.UUID(int=0)}/run", timeout=120)
    api = AirflowApi(settings)
    api.put_pool("propensity", cores())
    api.put_connection(aws_connection(settings))
    api.put_variable("propensity_endpoints", json.dumps(settings.endpoint_urls), "Addresses of endpoints, by name")
