"""The lanes in which suites of tests run."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def runner():
    """The program .ci/test, as a module."""
    loader = SourceFileLoader("lanes", str(Path(__file__).parents[1] / "test"))
    module = module_from_spec(spec_from_loader("lanes", loader))
    sys.modules["lanes"] = module
    loader.exec_module(module)
    return module


@pytest.fixture
def lanes(runner, tmp_path):
    return runner.Lanes(tmp_path)


def shell(runner, name: str, command: str, **more):
    return runner.Suite(name, ["sh", "-c", command], **more)


def test_the_suites_of_two_lanes_run_at_once_and_their_lines_stay_together(runner, lanes, tmp_path, capsys):
    waits = "for _ in 1 2 3 4 5 6 7 8 9; do echo {0}; test -e {1} && break; sleep 0.5; done; test -e {1}"
    lanes.run(
        [shell(runner, "first", f"touch {tmp_path}/a; {waits.format('one', tmp_path / 'b')}")],
        [shell(runner, "second", f"touch {tmp_path}/b; {waits.format('two', tmp_path / 'a')}")],
    )
    printed = capsys.readouterr().out
    assert lanes.failed == []
    for name, line in (("first", "one"), ("second", "two")):
        assert re.search(rf"^({line}\n)+== {name} passed after \d+ s$", printed, re.MULTILINE)
        assert (tmp_path / f"{name}.log").read_text().startswith(f"{line}\n")


def test_a_suite_that_fails_or_cannot_start_is_named_and_the_next_of_its_lane_runs(runner, lanes, capsys):
    absent = runner.Suite("absent", ["/no/such/program"])
    lanes.run([shell(runner, "broken", "echo why; exit 3"), absent, shell(runner, "next", "echo next")])
    printed = capsys.readouterr().out
    assert lanes.failed == ["broken", "absent"]
    assert "why\n== broken FAILED (exit code 3)" in printed
    assert "/no/such/program" in printed
    assert "next\n== next passed" in printed


def test_a_suite_without_a_test_of_the_kind_passes(runner, lanes):
    lanes.run([shell(runner, "none", f"exit {runner.NO_TESTS}", accepted=(0, runner.NO_TESTS))])
    assert lanes.failed == []


def test_of_mavens_output_errors_tests_and_modules_are_shown(runner, lanes, tmp_path, capsys):
    output = tmp_path / "output"
    shown = [
        "[INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.1 s -- in dev.propensity.FooTest",
        "[ERROR] FooTest.fails:12 expected: 1",
        "[INFO] Propensity: tasks .................................. SUCCESS [  0.1 s]",
        "[INFO] Propensity: serve task .................................. FAILURE [01:20 min]",
    ]
    output.write_text(
        "\n".join(["[INFO] Scanning for projects...", *shown, "[INFO] BUILD FAILURE", "WARN a test's own"])
    )
    lanes.run([shell(runner, "maven", f"cat {output}", shown=runner.OF_MAVEN)])
    assert capsys.readouterr().out.splitlines()[1:-1] == shown


def test_a_process_that_a_suite_leaves_behind_does_not_hold_its_lane(runner, lanes):
    lanes.run([shell(runner, "leaves", "sleep 60 & echo $!")])
    assert lanes.failed == []
    log = (lanes.reports / "leaves.log").read_text()
    subprocess.run(["kill", log.strip()], check=True)


def test_each_locked_airflow_is_in_githubs_matrix_and_the_oldest_in_all_runs(runner, monkeypatch):
    root = Path(__file__).parents[2]
    [matrix] = re.findall(r"environment: \[(.+)\]", (root / ".github/workflows/ci.yml").read_text())
    locked = {file.stem for file in (root / "airflow/requirements").glob("airflow*.in")}
    assert set(re.findall(r'"(.+?)"', matrix)) == locked
    assert locked <= set(runner.KINDS)
    monkeypatch.setenv("PROPENSITY_ENVIRONMENTS", "/environments")
    suites = []
    monkeypatch.setattr(
        runner.Lanes, "run", lambda self, *lanes: suites.extend(suite.name for lane in lanes for suite in lane)
    )
    runner.run(runner.Lanes(root), "", runner.maven())
    assert min(locked - {"airflow"}) in suites
