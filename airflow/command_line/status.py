"""Shows the stack's status: a table for people, JSON for scripts."""

from __future__ import annotations

from datetime import UTC, datetime

from rich.table import Table
from rich.text import Text

from stack import jars, status, terminal
from stack.version import version

WIDE = 110
"""Columns of a terminal from which on the processes are shown, too."""

STYLES = {"running": "green", "success": "green", "restarting": "yellow", "queued": "yellow"}


def show(*, as_json: bool) -> int:
    """Prints the status; 0 where all programs run."""
    found = status.read()
    if as_json:
        jars.print_json(found.as_json() if found else {"running": False, "healthy": False, "version": version()})
    elif found is None:
        print(f"the stack is stopped; version {version()}")
    else:
        _print(found)
    return 0 if found and found.healthy else 1


def _print(found: status.Status) -> None:
    terminal.show(_programs(found.programs))
    print()
    terminal.facts(
        [
            ("health", _health(found)),
            ("version", f"{found.version}, jars {found.jars}"),
            ("tasks", f"run by {found.runner}"),
            ("last run", _run(found.last_run) if found.airflow_responds else "Airflow does not respond"),
            ("Airflow", f"{found.airflow}; sign in as {found.user}, the password is in {found.password_file}"),
        ]
    )


def _health(found: status.Status) -> str:
    if found.healthy:
        return f"all {len(found.programs)} programs are running"
    states = ", ".join(f"{program.name} is {program.state}" for program in found.unhealthy)
    return f"{len(found.unhealthy)} of {len(found.programs)} programs are not running: {states}"


def _programs(programs: list[status.ProgramStatus]) -> Table:
    columns = {"program": "name", "state": "state", "champion": "champion", "address": "address"}
    if any(program.restarts for program in programs):
        columns["restarts"] = "restarts"
    if terminal.console().width >= WIDE:
        columns["process"] = "description"
    table = terminal.table(*columns, no_wrap=("program", "state", "address"))
    for program in programs:
        cells = [getattr(program, field) for field in columns.values()]
        cells[1] = Text(program.state, STYLES.get(program.state, "red"))
        table.add_row(*cells)
    return table


def _run(run: status.LastRun | None) -> str:
    if run is None:
        return "none yet"
    since = f", started {_ago(run.started)}" if run.started else ""
    return f"{run.dag} {run.state}{since}: {run.run}"


def _ago(started: str) -> str:
    seconds = (datetime.now(UTC) - datetime.fromisoformat(started)).total_seconds()
    for unit, length in (("days", 86400), ("hours", 3600), ("minutes", 60)):
        if seconds >= 2 * length:
            return f"{seconds // length:.0f} {unit} ago"
    return f"{seconds:.0f} s ago"
