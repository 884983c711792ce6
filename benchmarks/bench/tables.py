"""How good the learners' defaults are on public tables, beside the defaults of Python's libraries on the same rows."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import yaml

from bench.comparison import LEARNERS, TEST, VALIDATION, Scores, compared
from bench.measure import ENVIRONMENTS, PROJECT, progress, run
from bench.servers import stored
from bench.table import Row
from bench.tasks import Task, tasks

PEER = PROJECT / "benchmarks" / "peers" / "tables.py"
SEEDS = (1, 2, 3, 4, 5)


def rows(environment: dict[str, str], folder: Path) -> list[Row]:
    """Each learner beside its own library, and the best learner of each table beside the best peer."""
    home = folder / "tables"
    home.mkdir()
    run([*_python(), "write", str(home)])
    described = json.loads((home / "tables.json").read_text())
    with ThreadPoolExecutor(1) as pool, tasks(environment, folder / "tables.log") as task:
        peers = {name: pool.submit(_peers, home, name) for name in described}
        ours = {name: _ours(task, folder, home, name, table["features"]) for name, table in described.items()}
        both = {name: (ours[name], peers[name].result()) for name in described}
    return compared(both)


def _python() -> list[str]:
    return [str(ENVIRONMENTS / "tables" / "bin" / "python"), "-P", str(PEER)]


def _peers(home: Path, name: str) -> Scores:
    command = [*_python(), "score", str(home), name, ",".join(map(str, SEEDS)), "1"]
    return json.loads(run(command, {"OMP_NUM_THREADS": "1"}).out)


def _ours(task: Task, folder: Path, home: Path, name: str, features: list[dict]) -> Scores:
    progress(f"{name}: {len(SEEDS)} splits, {len(LEARNERS)} learners")
    found: Scores = {learner: [] for learner in LEARNERS}
    for seed in SEEDS:
        dataset = home / f"{name}.yaml"
        dataset.write_text(specification(name, features, seed))
        raw = task("download", dataset=dataset, source=home / f"{name}.csv")
        split = task("preprocess", dataset=dataset, raw=raw)
        for learner in LEARNERS:
            model = task("train", dataset=dataset, features=split, learner=learner, threads=2)
            uri = task("evaluate", dataset=dataset, model=model, features=split, champion="none")
            evaluation = json.loads((stored(folder, uri) / "evaluation.json").read_text())
            found[learner].append(
                {name: evaluation[name] for name in ("rows", "positives")}
                | {name: evaluation["candidate"]["scalars"][name] for name in ("auc", "log_loss")}
            )
    return found


def specification(name: str, features: list[dict], seed: int) -> str:
    """A dataset's file without parameters."""
    return yaml.safe_dump(
        {
            "name": name,
            "title": f"Which rows of {name} are positive?",
            "source": f"{name}.csv",
            "identifier": "row_number",
            "label": {"column": "is_positive", "positive": "1", "negative": "0"},
            "features": [feature | {"description": "A public column"} for feature in features],
            "split": {"seed": seed, "validation": VALIDATION, "test": TEST},
            "offer": {"gain": 10, "cost": 1, "currency": "EUR"},
        },
        sort_keys=False,
    )
