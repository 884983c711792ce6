"""Files fetched from the store: raw rows, and the champion's model."""

from __future__ import annotations

import shutil

from stack import jars, paths
from stack.airflow_api import AirflowApi
from stack.configuration.requested import Requested
from stack.failure import Failure
from stack.releases.releasing import released_name
from stack.runs import source
from stack.servers import lifecycle
from stack.store import Store

STAGED = paths.FILES / "models" / "staged"


def datafetch(dataset: str, data: str | None, stack: Requested) -> int:
    """Downloads a dataset's rows into the store, and from there to data/raw/."""
    source.check_rows(dataset, data, policy="scoring")
    settings = lifecycle.start(stack)
    origin = source.find(dataset, data, AirflowApi(settings), settings)
    specification = paths.DATASETS / f"{dataset}.yaml"
    # Rows without labels may be fetched, too.
    words = [f"--dataset={specification}", "--policy=scoring", *([f"--source={origin.uri}"] if origin.uri else [])]
    done = jars.run(settings, "download", *words, environment=source.kaggle_environment())
    if done.code:
        return done.code
    file = paths.FILES / "data" / "raw" / f"{dataset}.csv.gz"
    Store(settings).download(f"{done.uri}/data.csv.gz", file)
    rows = Store(settings).read_json(f"{done.uri}/raw.json")["rows"]
    print(f"{file}: {rows:,} rows from {origin.description}")
    return 0


def stagemodel(dataset: str | None) -> int:
    """Fetches the champion's model directory, verified there and here."""
    settings = lifecycle.running()
    name = released_name(settings, dataset)
    verified = jars.run(settings, "verify", f"--name={name}")
    if verified.code:
        return verified.code
    store = Store(settings)
    partial = STAGED.with_name("staged.partial")
    shutil.rmtree(partial, ignore_errors=True)
    for file in ["manifest.json", *store.read_json(f"{verified.uri}/manifest.json")["files"]]:
        store.download(f"{verified.uri}/{file}", partial / file)
    shutil.rmtree(STAGED, ignore_errors=True)
    partial.rename(STAGED)
    print(f"{STAGED}: {verified.uri}")
    return checkmodelhash(dataset)


def checkmodelhash(dataset: str | None) -> int:
    """Compares the staged model with the ledger's champion."""
    settings = lifecycle.running()
    if not STAGED.is_dir():
        raise Failure(f"no model in {STAGED}: make stagemodel", 2)
    return jars.run(settings, "verify", f"--name={released_name(settings, dataset)}", f"--folder={STAGED}").code
