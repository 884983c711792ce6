"""supervisord: its configuration, and requests to it."""

from __future__ import annotations

import contextlib
import os
import shlex
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from xmlrpc.client import Fault, ServerProxy

from supervisor.xmlrpc import SupervisorTransport

from stack import paths
from stack.configuration.environment import components
from stack.configuration.settings import Settings, stack_id
from stack.failure import Failure
from stack.servers import processes
from stack.servers.programs import Program

STOP_SECONDS = 15
"""Seconds that a program gets to end by itself."""


def _socket() -> Path:
    """Its control socket; a deep folder's path would be too long for one."""
    inside = paths.STATE / "supervisor.sock"
    return inside if len(str(inside)) < 90 else Path(tempfile.gettempdir()) / f"propensity-{stack_id()}.sock"


def _configuration(programs: list[Program]) -> str:
    lines = [
        "[supervisord]",
        f"logfile={paths.LOGS}/supervisord.log",
        f"pidfile={paths.STATE}/supervisord.pid",
        f"directory={paths.STATE}",
        "minfds=1024",
        "[unix_http_server]",
        f"file={_socket()}",
        "chmod=0600",
        "[rpcinterface:supervisor]",
        "supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface",
    ]
    for program in programs:
        lines += [
            f"[program:{program.name}]",
            f"command={shlex.join(program.start_command)}",
            *_environment(program),
            f"stdout_logfile={paths.LOGS}/{program.name}.log",
            "stdout_logfile_maxbytes=5MB",
            "stdout_logfile_backups=1",
            "redirect_stderr=true",
            # Started by name, in order; from then on restarted whenever it dies.
            "autostart=false",
            "autorestart=true",
            # Seconds after which it counts as running; nobody waits for those of a late program.
            f"startsecs={0 if program.late else 1}",
            "startretries=1000000",
            f"stopsignal={program.stop_signal}",
            "stopasgroup=true",
            "killasgroup=true",
            f"stopwaitsecs={STOP_SECONDS}",
        ]
    # A percent sign would be an expansion's begin.
    return "\n".join(line.replace("%", "%%") for line in lines) + "\n"


def _environment(program: Program) -> list[str]:
    settings = ",".join(f'{name}="{value}"' for name, value in program.environment.items())
    return [f"environment={settings}"] if settings else []


class Supervision:
    """The running supervisord of this stack."""

    @property
    def _rpc(self) -> ServerProxy:
        # A new connection each time: one that once failed stays unusable.
        transport = SupervisorTransport(None, None, f"unix://{_socket()}")
        return ServerProxy("http://127.0.0.1", transport=transport).supervisor

    @property
    def log(self) -> Path:
        """Its own log: when each program started and ended."""
        return paths.LOGS / "supervisord.log"

    def responds(self) -> bool:
        """Whether it is there."""
        try:
            self._rpc.getPID()
        except (OSError, Fault):
            return False
        return True

    def still_runs(self) -> bool:
        """Whether it is there and not about to end."""
        try:
            return self._rpc.getState()["statename"] != "SHUTDOWN"
        except (OSError, Fault):
            return False

    def begin(self, settings: Settings, programs: list[Program]) -> None:
        """Starts it with all programs still stopped."""
        self._write(programs)
        command = [str(Path(sys.executable).with_name("supervisord")), "--configuration", str(_configuration_file())]
        done = subprocess.run(
            command, env=components(settings), cwd=paths.STATE, capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            raise Failure(f"supervisord does not start: {done.stderr.strip() or done.stdout.strip()}", 1)
        # Kept after it ends or is killed: the next start finds its remaining processes by it.
        paths.write_private(paths.STATE / "supervisord.session", str(os.getsid(self._rpc.getPID())))

    def follow(self, programs: list[Program]) -> set[str]:
        """Takes new, changed and gone programs over; the names of the new and changed ones, not yet started."""
        self._write(programs)
        [[added, changed, removed]] = self._rpc.reloadConfig()
        for name in [*changed, *removed]:
            with contextlib.suppress(Fault):
                self._rpc.stopProcessGroup(name)
            self._rpc.removeProcessGroup(name)
        for name in [*added, *changed]:
            self._rpc.addProcessGroup(name)
        return {*added, *changed}

    def start(self, names: list[str]) -> None:
        """Starts the programs that do not run, without waiting for them."""
        states = self.states()
        for name in names:
            if states[name] not in ("RUNNING", "STARTING", "BACKOFF"):
                self._rpc.startProcess(name, False)

    def restart(self, name: str) -> None:
        """Stops the program, waits for its end and starts it."""
        with contextlib.suppress(Fault):
            self._rpc.stopProcess(name)
        self._rpc.startProcess(name, False)

    def states(self) -> dict[str, str]:
        """Each program's state, by its name."""
        return {process["name"]: process["statename"] for process in self._rpc.getAllProcessInfo()}

    def processes(self) -> list[dict]:
        """What supervisord knows of each program."""
        return self._rpc.getAllProcessInfo()

    def shut_down(self) -> None:
        """Stops all programs, then itself, and waits for its end."""
        pid = self._rpc.getPID()
        self._rpc.shutdown()
        deadline = time.monotonic() + STOP_SECONDS + 10
        while processes.is_alive(pid) and time.monotonic() < deadline:
            time.sleep(0.1)

    def _write(self, programs: list[Program]) -> None:
        paths.write_private(_configuration_file(), _configuration(programs))


def _configuration_file() -> Path:
    return paths.STATE / "supervisord.conf"
