"""The monitoring DAGs: when they run, on which window, and what an alarm starts."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from airflow_versions import attribute
from conftest import REPOSITORY
from jinja2 import Environment

from propensity import datasets
from propensity.assets import drift
from propensity.dags.monitoring import monitoring_dag, window_template
from propensity.datasets import BrokenDataset


def read(folder, text):
    file = folder / "shop.yaml"
    file.write_text("name: shop\ntitle: Who buys?\n" + text, encoding="utf-8")
    return datasets.read(file)


def test_creates_a_dag_for_each_file(bag):
    files = (REPOSITORY / "datasets").glob("*.yaml")
    assert {f"{file.stem}_monitoring" for file in files} == {name for name in bag if name.endswith("_monitoring")}


def test_counts_the_window_and_compares_it(bag):
    dag = bag["insurance_monitoring"]
    assert {task.task_id: task.downstream_task_ids for task in dag.tasks} == {"collect": {"monitor"}, "monitor": set()}
    assert [outlet.name for outlet in dag.get_task("monitor").outlets] == ["insurance_drift"]
    assert dag.max_active_runs == 1


@pytest.mark.parametrize(
    ("window", "expression"), [("hour", "15 * * * *"), ("day", "15 2 * * *"), ("week", "15 2 * * 1")]
)
def test_runs_two_hours_after_a_window_if_rows_are_captured(tmp_path, window, expression):
    text = f"monitor: {{window: {window}}}\n"
    dag = monitoring_dag(read(tmp_path, text + "capture:\n  days: 30\n"))
    assert attribute(dag.timetable, "expression") == expression
    assert monitoring_dag(read(tmp_path, text)).timetable.__class__.__name__ == "NullTimetable"


@pytest.mark.parametrize("text", ["monitor: daily\n", "monitor: {window: month}\n"])
def test_an_invalid_section_is_a_broken_file(tmp_path, text):
    with pytest.raises(BrokenDataset, match="whose window is one of hour, day, week"):
        read(tmp_path, text)


@pytest.mark.parametrize(
    ("window", "expected"), [("hour", "2027-01-04T23"), ("day", "2027-01-04"), ("week", "2026-W53")]
)
def test_the_window_is_the_last_one_before_the_run(window, expected):
    def rendered(chosen=None, logical_date=None):
        import datetime as macros

        run = SimpleNamespace(logical_date=logical_date, run_after=datetime(2027, 1, 5, 2, 15, tzinfo=UTC))
        template = Environment().from_string(window_template(window))
        return template.render(params=SimpleNamespace(window=chosen), dag_run=run, macros=macros)

    assert rendered() == expected
    assert rendered(chosen="current") == "current"
    assert rendered(logical_date=datetime(2026, 11, 10, 5, 15, tzinfo=UTC)).startswith("2026-")


def test_an_alarm_creates_an_event_and_no_other_verdict_does(canned):
    for recorded in ({"recorded_verdict": "quiet"}, {}, *2 * ({"recorded_verdict": "alarm"},)):
        window = {"verdict": "alarm", "window": "2026-11-29", "columns": ["age", "score"], "name": canned.name}
        canned.result("monitor", **window | recorded)
        canned.run("monitoring")
    (event,) = canned.events(drift(canned.name))
    assert event.extra == {"window": "2026-11-29", "uri": event.extra["uri"], "columns": "age, score"}
