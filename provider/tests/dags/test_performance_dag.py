"""The performance DAGs: which datasets have one, when they run, on which files and window, and what they announce."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from airflow_versions import attribute
from jinja2 import Environment

from propensity import datasets
from propensity.assets import outcomes, performance
from propensity.dags import propensity_dags
from propensity.dags.performance import performance_dag, window_template
from propensity.datasets import BrokenDataset

OUTCOMES = "outcomes: {horizon_days: 14}\n"


def read(folder, text):
    file = folder / "shop.yaml"
    file.write_text("name: shop\ntitle: Who buys?\n" + text, encoding="utf-8")
    return datasets.read(file)


def test_only_datasets_with_outcomes_have_one(tmp_path):
    read(tmp_path, "")
    assert "shop_performance" not in propensity_dags(tmp_path)
    read(tmp_path, OUTCOMES)
    assert "shop_performance" in propensity_dags(tmp_path)
    (tmp_path / "shop.yaml").write_text("name: shop\noutcomes: {}\nsplit: [", encoding="utf-8")
    assert "shop_performance" in propensity_dags(tmp_path), "a run that has begun goes on"


def test_stores_each_file_and_then_measures(tmp_path):
    dag = performance_dag(read(tmp_path, OUTCOMES))
    assert {task.task_id: task.downstream_task_ids for task in dag.tasks} == {
        "files": {"outcomes"},
        "outcomes": {"performance"},
        "performance": set(),
    }
    live = dag.get_task("performance")
    assert live.trigger_rule == "none_failed", "without a file, there is nothing to store"
    assert [outlet.name for outlet in live.outlets] == ["shop_performance"]


@pytest.mark.parametrize(
    ("window", "expression"), [("hour", "45 2 * * *"), ("day", "45 2 * * *"), ("week", "45 2 * * 1")]
)
def test_runs_once_a_window_and_for_each_file(tmp_path, window, expression):
    timetable = performance_dag(read(tmp_path, f"monitor: {{window: {window}}}\n{OUTCOMES}")).timetable
    assert attribute(timetable.timetable, "expression") == expression
    assert [asset.name for asset in timetable.asset_condition.objects] == ["shop_outcomes"]


@pytest.mark.parametrize("text", ["outcomes: 30\n", "outcomes: {horizon_days: soon}\n"])
def test_an_invalid_section_is_a_broken_file(tmp_path, text):
    with pytest.raises(BrokenDataset, match="outcomes must be a mapping whose horizon_days is a number"):
        read(tmp_path, text)


@pytest.mark.parametrize(
    ("length", "horizon", "expected"),
    [("day", 30, "2026-12-05"), ("day", 14, "2026-12-21"), ("week", 30, "2026-W48"), ("week", 1, "2026-W53")],
)
def test_the_window_is_the_last_one_that_is_complete(length, horizon, expected):
    import datetime as macros

    run = SimpleNamespace(logical_date=None, run_after=datetime(2027, 1, 5, 2, 45, tzinfo=UTC))
    template = Environment().from_string(window_template(length, horizon))

    def rendered(chosen=None):
        return template.render(params=SimpleNamespace(window=chosen), dag_run=run, macros=macros)

    assert rendered() == expected
    assert rendered("2026-10-29") == "2026-10-29"
    days, form = {"day": (1, "%Y-%m-%d"), "week": (7, "%G-W%V-%u")}[length]
    start = datetime.strptime(expected + ("-1" if length == "week" else ""), form).replace(tzinfo=UTC)
    mature = start + macros.timedelta(days=days + horizon)
    assert mature <= run.run_after < mature + macros.timedelta(days=days)


def test_a_worse_window_creates_one_event_and_no_other_verdict_does(canned):
    canned.describe(OUTCOMES)
    for verdict in ("good", "too few", "worse", "worse"):
        details = {"verdict": verdict, "window": "2026-10-29", "reasons": ["the AUC fell", "scores are too high"]}
        canned.result("performance", **details)
        tasks = canned.run("performance")
        assert {name: task.state for name, task in tasks.items()} == {
            "files": "success",
            "outcomes": "skipped",
            "performance": "success",
        }
    (event,) = canned.events(performance(canned.name))
    assert event.extra == {
        "window": "2026-10-29",
        "uri": event.extra["uri"],
        "reasons": "the AUC fell; scores are too high",
    }
    assert canned.events(outcomes(canned.name)) == []


def test_a_chosen_file_is_stored_first(canned):
    canned.describe(OUTCOMES)
    tasks = canned.run("performance", source="s3://crm/monday.csv")
    assert tasks["outcomes"].state == "success"
    assert tasks["performance"].state == "success"
    canned.result("outcomes", exit_code=2)
    tasks = canned.run("performance", source="s3://crm/monday.csv")
    assert tasks["outcomes"].state == "failed"
    assert tasks["performance"].state == "upstream_failed"
