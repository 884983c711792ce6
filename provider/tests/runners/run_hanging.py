"""Runs a jar in this process as Airflow's task runner does: run_hanging.py RUNNER [MAP_INDEX [BEHAVIOUR]]."""

from __future__ import annotations

import signal
import sys

from contexts import context

from propensity.jar_task import jar_task

behaviour = sys.argv[3] if len(sys.argv) > 3 else "hanging"
operator = jar_task(behaviour, runner=sys.argv[1]).operator
signal.signal(signal.SIGTERM, lambda number, frame: operator.on_kill())
place = int(sys.argv[2]) if len(sys.argv) > 2 else -1
print(operator.execute(context(behaviour, map_index=place)))
