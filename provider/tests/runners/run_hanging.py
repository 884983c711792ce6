"""Runs a jar in this process as Airflow's task runner does: run_hanging.py RUNNER [MAP_INDEX [BEHAVIOR]]."""

from __future__ import annotations

import signal
import sys

from contexts import context

from propensity.jar_task import jar_task

behavior = sys.argv[3] if len(sys.argv) > 3 else "hanging"
operator = jar_task(behavior, runner=sys.argv[1]).operator
signal.signal(signal.SIGTERM, lambda number, frame: operator.on_kill())
map_index = int(sys.argv[2]) if len(sys.argv) > 2 else -1
print(operator.execute(context(behavior, map_index=map_index)))
