"""Runs the hanging jar in this process as Airflow's task runner does: run_hanging.py RUNNER [MAP_INDEX]."""

from __future__ import annotations

import signal
import sys
from types import SimpleNamespace

from propensity.jar_task import jar_task

operator = jar_task("hanging", runner=sys.argv[1]).operator
signal.signal(signal.SIGTERM, lambda number, frame: operator.on_kill())
place = int(sys.argv[2]) if len(sys.argv) > 2 else -1
operator.execute({"ti": SimpleNamespace(dag_id="test", run_id="test", task_id="hanging", map_index=place)})
