"""What a trigger does while it waits for a job, as the triggerer drives it."""

from __future__ import annotations

import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import ClassVar

import pytest

from propensity.runners.running_job import JobOutcome, RunningJob
from propensity.triggers import job_trigger
from propensity.triggers.job_trigger import JobTrigger


@dataclass(kw_only=True)
class CountedJob(RunningJob):
    """A job that ends after some looks, and writes a line at each."""

    looks: int = 3
    stopped: ClassVar[list[str]] = []
    saved: ClassVar[dict[str, int]] = {}

    def poll(self, log):
        line = self.log_position.get("lines", 0) + 1
        log.info("line %s", line)
        self.log_position["lines"] = line
        if self.name == "broken":
            raise ConnectionError("no route to host")
        return line == self.looks

    def outcome(self):
        return JobOutcome(0, "")

    def stop(self, log):
        if self.name == "stuck":
            time.sleep(0.3)
        if self.name == "denied":
            raise PermissionError("not allowed")
        self.stopped.append(self.name)

    def save_position(self):
        if self.name == "forgetful":
            raise PermissionError("Forbidden")
        self.saved[self.deferral] = self.log_position["lines"]

    def restore_position(self):
        if self.name == "forgetful":
            raise PermissionError("Forbidden")
        if self.deferral in self.saved:
            self.log_position["lines"] = self.saved[self.deferral]


class CountedTrigger(JobTrigger):
    job_class = CountedJob


@pytest.fixture(autouse=True)
def _none_yet():
    CountedJob.stopped.clear()
    CountedJob.saved.clear()


def trigger(name="job", deadline=None, **fields):
    job = {"name": name, "deferral": "first"} | fields
    return CountedTrigger(job=job, deadline=deadline, poll_seconds=0.01)


def event(waiting):
    """The payload of the trigger's only event."""

    async def events():
        return [event.payload async for event in waiting.run()]

    [found] = asyncio.run(events())
    return found


def run_until_cancelled(waiting, on_kill):
    """Runs a trigger until the triggerer cancels it."""

    async def run():
        async def consume():
            async for _ in waiting.run():
                pass

        task = asyncio.create_task(consume())
        await asyncio.sleep(0.1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        if on_kill:
            await waiting.on_kill()

    asyncio.run(run())


def test_waits_until_the_job_ends_and_tells_how_far_its_log_was_read():
    found = event(trigger())
    assert (found["timed_out"], found["error"]) == (False, None)
    assert CountedJob(**found["job"]).log_position == {"lines": 3}


def test_is_made_again_from_what_it_serializes():
    path, arguments = trigger(deadline=5.0).serialize()
    assert path.endswith("test_job_trigger.CountedTrigger")
    assert CountedTrigger(**arguments).serialize() == (path, arguments)


def test_stops_the_job_when_its_time_is_up():
    found = event(trigger(looks=-1, deadline=time.time() + 0.05))
    assert found["timed_out"]
    assert CountedJob.stopped == ["job"]


def test_reports_what_hinders_it_to_follow_the_job():
    assert event(trigger("broken"))["error"] == "no route to host"


def test_follows_a_job_whose_position_cannot_be_kept_with_one_warning(monkeypatch):
    warnings = []
    waiting = trigger("forgetful")
    monkeypatch.setattr(waiting.log, "warning", lambda text, *values: warnings.append(text % values))
    assert event(waiting)["error"] is None
    assert warnings == ["the position in the log of forgetful is not kept: Forbidden"]


def test_a_restart_of_the_triggerer_stops_nothing_and_forwards_no_line_twice(caplog):
    caplog.set_level("INFO")
    run_until_cancelled(trigger(looks=-1), on_kill=False)
    assert CountedJob.stopped == []
    forwarded = CountedJob.saved["first"]
    found = event(trigger(looks=forwarded + 2))
    assert found["job"]["log_position"] == {"lines": forwarded + 2}
    assert event(trigger(looks=2, deferral="second"))["job"]["log_position"] == {"lines": 2}


def test_a_cleared_task_stops_its_job():
    run_until_cancelled(trigger(looks=-1), on_kill=True)
    assert CountedJob.stopped == ["job"]


def test_stops_a_job_while_all_of_asyncios_threads_wait():
    answered = threading.Event()

    async def run():
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(max_workers=1))
        poll = asyncio.create_task(asyncio.to_thread(answered.wait, 60))
        await asyncio.sleep(0)
        await trigger().on_kill()
        assert not poll.done()
        answered.set()

    asyncio.run(run())
    assert CountedJob.stopped == ["job"]


@pytest.mark.parametrize(("name", "message"), [("denied", "not allowed"), ("stuck", "no answer")])
def test_logs_that_a_job_was_not_stopped(monkeypatch, name, message):
    monkeypatch.setattr(job_trigger, "STOP_SECONDS", 0.05)
    errors = []
    waiting = trigger(name)
    monkeypatch.setattr(waiting.log, "error", lambda text, *values: errors.append(text % values))
    asyncio.run(waiting.on_kill())
    assert errors == [f"the job {name} was not stopped: {message}"]
