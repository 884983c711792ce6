"""Runs a jar in this process as Airflow's task runner does: run_hanging.py RUNNER [MAP_INDEX [BEHAVIOUR]]."""

from __future__ import annotations

import signal
import sys
from types import SimpleNamespace

from propensity.jar_task import jar_task

behaviour = sys.argv[3] if len(sys.argv) > 3 else "hanging"
operator = jar_task(behaviour, runner=sys.argv[1]).operator
signal.signal(signal.SIGTERM, lambda number, frame: operator.on_kill())
place = int(sys.argv[2]) if len(sys.argv) > 2 else -1
instance = SimpleNamespace(
    dag_id="test",
    run_id="test",
    task_id=behaviour,
    map_index=place,
    try_number=1,
    xcom_push=lambda key, value: None,
)
print(operator.execute({"dag": SimpleNamespace(), "ti": instance, "run_id": "test"}))
