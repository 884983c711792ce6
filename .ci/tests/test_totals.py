"""The totals of all reports."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

TOTALS = Path(__file__).parents[1] / "totals"


@pytest.fixture
def totals(tmp_path):
    """Runs .ci/totals over reports of a folder; what it printed, and its exit code."""
    (tmp_path / ".ci").mkdir()
    shutil.copy(TOTALS, tmp_path / ".ci")
    reports = tmp_path / "build" / "reports"
    reports.mkdir(parents=True)

    def run(*cases: str, ci: str = "") -> tuple[list[str], int]:
        (reports / "suite.xml").write_text(f"<testsuites><testsuite>{''.join(cases)}</testsuite></testsuites>")
        environment = os.environ | {"CI": ci}
        done = subprocess.run(
            [tmp_path / ".ci" / "totals"], env=environment, capture_output=True, text=True, check=False
        )
        return done.stdout.splitlines(), done.returncode

    return run


def case(name: str, seconds: str = "0.1", inside: str = "") -> str:
    return f'<testcase classname="a.B" name="{name}" time="{seconds}">{inside}</testcase>'


def test_the_ten_slowest_are_printed_the_slowest_first(totals):
    printed, code = totals(*(case(f"case{number}", str(number)) for number in range(12)), case("hours", "3,600.5"))
    assert code == 0
    slowest = [line.split() for line in printed[1:11]]
    assert slowest[0] == ["3600.5", "a.B:", "hours"]
    assert [name for *_, name in slowest[1:]] == [f"case{number}" for number in range(11, 2, -1)]
    assert printed[-1] == "13 passed, 0 failed, 0 skipped"


def test_a_failure_fails_and_a_skip_does_in_ci_alone(totals):
    skip = case("skips", inside='<skipped message="no engine"/>')
    assert totals(case("passes"), skip)[1] == 0
    printed, code = totals(case("passes"), skip, ci="true")
    assert (printed[-2:], code) == (["skipped a.B: skips: no engine", "1 passed, 0 failed, 1 skipped"], 1)
    printed, code = totals(case("passes"), case("fails", inside="<failure/>"))
    assert (printed[-2:], code) == (["failed a.B: fails", "1 passed, 1 failed, 0 skipped"], 1)


def test_no_test_at_all_fails(totals):
    assert totals()[1] == 1
