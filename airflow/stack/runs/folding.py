"""The folds at hand: their rows, and predictions by the models that learned on them."""

from __future__ import annotations

import os
from pathlib import Path

from stack import jars, make_variables, places
from stack.airflow_api import AirflowApi
from stack.failure import Failure
from stack.runs import experiments, predicting, source
from stack.servers import lifecycle
from stack.store import Store

FILES = ("train.arrow", "validation.arrow", "encoder.json")


def kfolds() -> int:
    """Makes the folds of a dataset's rows in the store, and fetches them to data/folds/; 0 where it succeeded."""
    wanted = experiments.request()
    source.check_rows(wanted.dataset, wanted.data)
    settings = lifecycle.start()
    origin = source.find(wanted.dataset, wanted.data, AirflowApi(settings), settings)
    specification = f"--dataset={places.DATASETS / wanted.dataset}.yaml"
    words = [specification, *([f"--source={origin.uri}"] if origin.uri else [])]
    raw = jars.run(settings, "download", *words, environment=source.kaggle_environment())
    if raw.code:
        return raw.code
    count = wanted.settings["folds"]
    for fold in range(1, count + 1):
        words = [specification, f"--raw={raw.uri}", f"--folds={count}", f"--fold={fold}"]
        made = jars.run(settings, "preprocess", *words)
        if made.code:
            return made.code
        folder = _folder(wanted.dataset) / f"fold-{fold}"
        for name in FILES:
            Store(settings).download(f"{made.uri}/{name}", folder / name)
        print(f"{folder}: {made.uri}")
    return 0


def predictcv() -> int:
    """Predicts by the mean of the models of the last experiment's folds; 0 where it succeeded."""
    dataset = make_variables.dataset_name()
    settings = lifecycle.running()
    store = Store(settings)
    comparison = experiments.last(AirflowApi(settings), dataset, "compare")
    candidate = _candidate(store.read_json(f"{comparison}/comparison.json"))
    inputs = store.read_json(f"{comparison}/manifest.json")["inputs"]
    models = [inputs[name]["uri"] for name in sorted(inputs) if name.startswith(f"models/{candidate}/")]
    print(f"by the {len(models)} models of {candidate} in {comparison}")
    code = predicting.run(dataset, os.environ.get("DATA") or None, {"models": models})
    if code == 0:
        file = _folder(dataset) / "out-of-fold.arrow"
        store.download(f"{comparison}/out-of-fold.arrow", file)
        print(f"  {'out of fold':12} {file}")
    return code


def _candidate(comparison: dict) -> str:
    """The wanted candidate's name, or the best of the wanted learner; the winner where none is named."""
    wanted = os.environ.get("CANDIDATE") or comparison["winner"]
    results = comparison["candidates"]
    found = [result["name"] for result in results if wanted in (result["name"], result["learner"])]
    if not found:
        raise Failure(f"CANDIDATE={wanted}: there are {', '.join(result['name'] for result in results)}", 2)
    return wanted if wanted in found else found[0]


def _folder(dataset: str) -> Path:
    return places.FILES / "data" / "folds" / dataset
