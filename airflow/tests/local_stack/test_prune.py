"""make prune: what it names, what it removes, and what it must leave."""

from __future__ import annotations

import os
import re

from observed import is_in_order

DAG, NAME = "insurance_training", "insurance-synthetic"


def test_prune_lists_what_is_old_and_deletes_it_only_if_confirmed(trained):
    trained.run(DATA="sample:20000", RELEASE="release")
    needed = manifests(trained)
    trained.by_hand("download", f"--dataset={trained.datasets}/insurance.yaml", "--source=sample:777")
    [unneeded] = manifests(trained) - needed
    old = [trained.state / "jars/0123456789abcdef/a.jar", trained.state / "airflow/logs/dag_processor/old/old.log"]
    for file in old:
        file.parent.mkdir(parents=True)
        file.write_text("old")
        os.utime(file, (0, 0))
    run = trained.last_run(DAG).rpartition("/")[2]
    logs = trained.state / "airflow/logs" / f"dag_id={DAG}" / f"run_id={run}"
    before, artifacts = is_in_order(trained, NAME), manifests(trained)
    assert logs.is_dir()

    shown = trained.make("prune", DAYS="0", KEEP="1")

    assert shown.returncode == 0
    assert "nothing was deleted; to delete: make prune YES=1" in shown.stdout
    assert f"run {run} of {DAG}" in shown.stdout
    assert all(str(path) in shown.stdout for path in (old[0].parent, old[1]))
    assert all(file.exists() for file in (*old, logs))
    assert manifests(trained) == artifacts
    named = set(re.findall(rf"would delete s3://propensity/store/{NAME}/(\S+)", shown.stdout + shown.stderr))

    assert trained.make("prune", DAYS="0", KEEP="1", YES="1").returncode == 0

    assert not any(file.exists() for file in (*old, logs))
    assert trained.airflow("/dags/~/dagRuns")["total_entries"] == 0
    removed = {file.removesuffix("/manifest.json") for file in artifacts - manifests(trained)}
    assert removed == named
    assert unneeded.removesuffix("/manifest.json") in removed
    assert is_in_order(trained, NAME) == before
    # What the champion was made of is still there.
    trained.run(DATA="sample:20000")
    assert {r["status"] for task, r in trained.results(DAG).items() if task != "deploy"} == {"unchanged"}


def manifests(stack) -> set[str]:
    """The artifacts of synthetic rows."""
    folder = stack.state / "s3/propensity/store" / NAME
    return {str(file.relative_to(folder)) for file in folder.rglob("manifest.json")}
