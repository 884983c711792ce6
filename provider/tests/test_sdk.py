from __future__ import annotations

import re
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
MOVED = re.compile(
    r"airflow\.sdk\.exceptions|from airflow\.sdk import .*(BaseHook|CronTriggerTimetable|AssetOrTimeSchedule)"
)


def test_only_one_module_imports_what_older_airflows_have_elsewhere():
    files = [*(REPOSITORY / "dags").glob("*.py"), *(REPOSITORY / "provider" / "propensity").rglob("*.py")]
    assert [file.name for file in files if MOVED.search(file.read_text())] == ["sdk.py"]
