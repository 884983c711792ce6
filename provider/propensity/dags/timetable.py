"""The timetable of a DAG."""

from __future__ import annotations

from datetime import timedelta

from propensity.sdk import CronTriggerTimetable


def timetable(schedule: str | None) -> CronTriggerTimetable | None:
    """At the schedule's times (UTC) from now on: the last time that has passed is not caught up.

    That takes a difference of zero and a DAG without a start date: ``run_immediately=False`` lets Airflow
    3.3 start a run where a tenth of the interval has not passed.
    """
    return schedule and CronTriggerTimetable(schedule, timezone="UTC", run_immediately=timedelta(0))
