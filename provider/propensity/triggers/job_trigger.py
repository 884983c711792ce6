"""The base of the triggers, which wait for a job instead of a worker."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import asdict
from functools import cached_property, partial
from typing import Any, ClassVar

from airflow.triggers.base import BaseTrigger, TriggerEvent

from propensity.runners.running_job import RunningJob

STOP_SECONDS = 25
"""How long the triggerer waits until a job is stopped: a little less than Airflow lets it."""

STOPS = ThreadPoolExecutor(max_workers=32, thread_name_prefix="propensity-stop")
"""The threads that stop jobs: those of asyncio may all wait for an answer about other jobs."""


class JobTrigger(BaseTrigger):
    """Forwards a job's log until it ends, and stops the job when its task is cleared or its time is up.

    The only event is ``{"job": …, "deadline": …, "timed_out": …, "error": …}``, from which the operator goes on.
    A restart of the triggerer stops nothing: the trigger starts again, and finds the job by its fields.

    :param job: the fields of the ``RunningJob``: names and positions, no secrets
    :param deadline: the time limit, in seconds since 1970; none: no limit
    :param poll_seconds: between two looks at the job
    """

    job_class: ClassVar[type[RunningJob]]

    def __init__(self, *, job: dict[str, Any], deadline: float | None, poll_seconds: float) -> None:
        super().__init__()
        self.job = job
        self.deadline = deadline
        self.poll_seconds = poll_seconds
        self._warned = False

    def serialize(self) -> tuple[str, dict[str, Any]]:
        """The class and its arguments."""
        arguments = {"job": self.job, "deadline": self.deadline, "poll_seconds": self.poll_seconds}
        return f"{type(self).__module__}.{type(self).__qualname__}", arguments

    async def run(self) -> AsyncIterator[TriggerEvent]:
        """Waits until the job ends, its time is up, or it cannot be followed."""
        try:
            await asyncio.to_thread(self._try_position, self.running.restore_position)
            while not await asyncio.to_thread(self._poll):
                left = self._seconds_left()
                if left <= 0:
                    await self._stop()
                    yield self._event(timed_out=True)
                    return
                await asyncio.sleep(min(self.poll_seconds, left))
        except Exception as error:
            # The worker looks at the job itself, and reports the fault as it would have done without a trigger.
            self.log.warning("the job %s cannot be followed: %s", self.running.name, error)
            yield self._event(error=str(error))
            return
        yield self._event()

    async def on_kill(self) -> None:
        """Stops the job: its task was cleared, or marked as failed or succeeded."""
        await self._stop()

    @cached_property
    def running(self) -> RunningJob:
        """The job."""
        return self.job_class(**self.job)

    def _poll(self) -> bool:
        before = dict(self.running.log_position)
        ended = self.running.poll(self.log)
        if self.running.log_position != before:
            self._try_position(self.running.save_position)
        return ended

    def _try_position(self, operation: Callable[[], None]) -> None:
        """Reads or saves the log's position; without it, a restart of the triggerer forwards lines twice."""
        try:
            operation()
        except Exception as error:
            if not self._warned:
                self._warned = True
                self.log.warning("the position in the log of %s is not kept: %s", self.running.name, error)

    async def _stop(self) -> None:
        try:
            stop = partial(copy_context().run, self.running.stop, self.log)
            stopped = asyncio.get_running_loop().run_in_executor(STOPS, stop)
            # Shielded: one that still waits for a thread is not given up.
            await asyncio.wait_for(asyncio.shield(stopped), STOP_SECONDS)
        except Exception as error:
            self.log.error("the job %s was not stopped: %s", self.running.name, str(error) or "no answer")

    def _seconds_left(self) -> float:
        return float("inf") if self.deadline is None else self.deadline - time.time()

    def _event(self, *, timed_out: bool = False, error: str | None = None) -> TriggerEvent:
        job = asdict(self.running)
        return TriggerEvent({"job": job, "deadline": self.deadline, "timed_out": timed_out, "error": error})
