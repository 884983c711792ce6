"""``mlflow server`` in one process: mlflow/bin/python -P mlflow_server.py OPTION…

MLflow's own command starts its web server as a second process, and each of the two imports all of MLflow: 240 MB and
some five seconds of a core for a parent that only waits. Options that MLflow reads while it is imported, such as
``--allowed-hosts`` and ``--static-prefix``, have no effect here.
"""

from __future__ import annotations

import os
import sys

import uvicorn  # before MLflow, which protects its pages where a web server is loaded
from mlflow import server
from mlflow.cli import cli


def serve(command: list[str], extra_env: dict[str, str], **_: object) -> None:
    """Runs the web server, which MLflow would start by this command, in this process."""
    if command[1:3] != ["-m", "uvicorn"]:
        raise RuntimeError(f"this version of MLflow starts another web server: {command}")
    os.environ.update(extra_env)
    uvicorn.main(command[3:])


if __name__ == "__main__":
    if not hasattr(server, "_exec_cmd"):
        raise RuntimeError("this version of MLflow starts its web server in another way")
    server._exec_cmd = serve
    cli(["server", *sys.argv[1:]])
