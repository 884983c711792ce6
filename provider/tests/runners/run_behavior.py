"""Executes a behavior's task as Airflow does: run_behavior.py RUNNER [MAP_INDEX [BEHAVIOR]].

SIGTERM clears the task, wherever it waits: in the worker or, with a runner such as ecs-deferred, in the triggerer.
The last line of the output is the task's result.
"""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from functools import partial

from airflow.sdk.exceptions import TaskDeferred
from contexts import context
from deferrals import resume, trigger_of

from propensity.jar_task import jar_task


def main(mode: str, map_index: str = "-1", behavior: str = "hanging") -> None:
    runner, _, deferred = mode.partition("-")
    pushed = {}
    instance = context(behavior, map_index=int(map_index), push=lambda key, value: pushed.update({key: value}))

    def operator():
        made = jar_task(behavior, runner=runner, airflow={"deferrable": bool(deferred)}).operator
        signal.signal(signal.SIGTERM, lambda number, frame: made.on_kill())
        return made

    work = partial(operator().execute, instance)
    while not pushed:
        try:
            work()
        except TaskDeferred as deferral:
            event = asyncio.run(wait(trigger_of(deferral)))
            work = partial(resume, operator(), deferral, instance, event)
    print(json.dumps(pushed["result"]))


async def wait(trigger):
    """Waits for the trigger's event, or ends this process when the task is cleared."""
    waiting = asyncio.ensure_future(anext(trigger.run()))
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, waiting.cancel)
    print("the task is deferred", flush=True)
    try:
        return await waiting
    except asyncio.CancelledError:
        await trigger.on_kill()
        sys.exit(1)


if __name__ == "__main__":
    main(*sys.argv[1:])
