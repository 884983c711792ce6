"""The folds as files: their rows, and predictions of the models that were trained on them."""

from __future__ import annotations

from pathlib import Path

from stack import jars, paths, terminal
from stack.airflow_api import AirflowApi
from stack.configuration.requested import Requested
from stack.failure import Failure
from stack.runs import experiments, predicting, source
from stack.servers import lifecycle
from stack.store import Store

FILES = ("train.arrow", "validation.arrow", "encoder.json")


def kfolds(dataset: str, data: str | None, count: int, stack: Requested) -> int:
    """Makes the folds of a dataset's rows in the store, and fetches them to data/folds/; 0 where it succeeded."""
    source.check_rows(dataset, data)
    settings = lifecycle.start(stack)
    origin = source.find(dataset, data, AirflowApi(settings), settings)
    specification = f"--dataset={paths.DATASETS / dataset}.yaml"
    words = [specification, *([f"--source={origin.uri}"] if origin.uri else [])]
    raw = jars.run(settings, "download", *words, environment=source.kaggle_environment())
    if raw.code:
        return raw.code
    for fold in range(1, count + 1):
        words = [specification, f"--raw={raw.uri}", f"--folds={count}", f"--fold={fold}"]
        made = jars.run(settings, "preprocess", *words)
        if made.code:
            return made.code
        folder = _folder(dataset) / f"fold-{fold}"
        for name in FILES:
            Store(settings).download(f"{made.uri}/{name}", folder / name)
        print(f"{folder}: {made.uri}")
    return 0


def predictcv(dataset: str, data: str | None, wanted: str | None) -> int:
    """Predicts by the mean of the models of the last experiment's folds; 0 where it succeeded."""
    settings = lifecycle.running()
    store = Store(settings)
    comparison = experiments.last(AirflowApi(settings), dataset, "compare")
    candidate = _candidate(store.read_json(f"{comparison}/comparison.json"), wanted)
    inputs = store.read_json(f"{comparison}/manifest.json")["inputs"]
    models = [inputs[name]["uri"] for name in sorted(inputs) if name.startswith(f"models/{candidate}/")]
    print(f"predicting with the mean of the {len(models)} models of {candidate} in {comparison}")
    code = predicting.predict(dataset, data, {"models": models}, Requested())
    if code == 0:
        file = _folder(dataset) / "out-of-fold.arrow"
        store.download(f"{comparison}/out-of-fold.arrow", file)
        terminal.facts([("out of fold", str(file))])
    return code


def _candidate(comparison: dict, named: str | None) -> str:
    """The named candidate, or the best of the named learner; the winner where none is named."""
    wanted = named or comparison["winner"]
    results = comparison["candidates"]
    found = [result["name"] for result in results if wanted in (result["name"], result["learner"])]
    if not found:
        raise Failure(f"CANDIDATE={wanted}: there are {', '.join(result['name'] for result in results)}", 2)
    return wanted if wanted in found else found[0]


def _folder(dataset: str) -> Path:
    return paths.FILES / "data" / "folds" / dataset
