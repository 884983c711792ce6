"""The stack's commands, by their names."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import datetime

from stack import places, pruning, specification
from stack.airflow_api import AirflowApi
from stack.environment import image, public, shell_exports
from stack.failure import Failure
from stack.fetching import checkmodelhash, datafetch, stagemodel
from stack.invoke import invoke
from stack.pages import mlflow, runserver, runstreamlit, start_mlflow_server
from stack.releasing import history, promote, rollback, verify
from stack.runs import experiments, failed, live, predicting, source, summary, training
from stack.runs.folding import kfolds, predictcv
from stack.runs.predicting import predict
from stack.runs.training import endrun
from stack.servers import containers, lifecycle, restarts
from stack.servers.supervision import Supervision
from stack.settings import load

__all__ = [
    "checkmodelhash",
    "datafetch",
    "defaults",
    "endrun",
    "env",
    "experiment",
    "fulltrainpred",
    "history",
    "invoke",
    "kfolds",
    "mlflow",
    "predict",
    "predictcv",
    "promote",
    "prune",
    "purge",
    "rollback",
    "run",
    "runserver",
    "runstreamlit",
    "stagemodel",
    "start",
    "start_mlflow_server",
    "status",
    "stop",
    "verify",
]


def start() -> None:
    """Starts the stack, or brings a running one up to date."""
    begun = time.monotonic()
    settings = lifecycle.start()
    print(f"the stack is up after {time.monotonic() - begun:.0f} s: Airflow {settings.airflow_url}")


def stop() -> None:
    """Stops the stack."""
    lifecycle.stop()
    print("the stack is stopped")


def purge() -> None:
    """Stops the stack and removes what of it lies outside its folder."""
    lifecycle.stop()
    containers.remove_image(image())


def prune() -> int:
    """Names old runs, logs, jars and artifacts; removes them with YES=1."""
    days, keep = _number("DAYS", 30), _number("KEEP", 10)
    settings = lifecycle.running()
    api = AirflowApi(settings)
    runs, files = pruning.old_runs(api, days), pruning.old_files(days)
    for dag, run in runs:
        print(f"run {run} of {dag}")
    for path in files:
        print(path)
    sure = bool(os.environ.get("YES"))
    if sure:
        for dag, run in runs:
            pruning.forget(api, dag, run)
        for path in files:
            pruning.remove(path)
    print(f"{len(runs)} runs and {len(files)} logs and builds " + ("removed" if sure else "to remove"), flush=True)
    code = pruning.artifacts(settings, days, keep, sure)
    if not sure:
        print("nothing was removed: make prune YES=1 does it")
    return code


def defaults() -> None:
    """Writes a learner and its parameters into a dataset's file as its own."""
    wanted = training.request()
    if wanted.learner is None:
        raise Failure("LEARNER= is missing: make defaults DATASET=… LEARNER=… PARAMETERS='{…}'", 2)
    wanted.check()
    file = places.DATASETS / f"{wanted.dataset}.yaml"
    text = specification.with_defaults(file.read_text(encoding="utf-8"), wanted.learner, wanted.parameters)
    file.write_text(text, encoding="utf-8")
    print(f"{file} now has the learner {wanted.learner} with {wanted.parameters}")


def _number(variable: str, default: int) -> int:
    value = os.environ.get(variable) or str(default)
    if not value.isdecimal():
        raise Failure(f"{variable}={value}: must be a number", 2)
    return int(value)


def env() -> None:
    """Prints the running stack's settings for a shell."""
    settings = lifecycle.running()
    last = places.text(places.STATE / "last-dataset")
    print(shell_exports(public(settings, last)))


def status() -> int:
    """Prints what runs; 0 where all of it does."""
    settings, supervision = load(), Supervision()
    if settings is None or not supervision.answers():
        print("the stack is stopped")
        return 1
    addresses = {"airflow-api-server": settings.airflow_url, "mlflow": settings.mlflow_url, "s3": settings.s3_url}
    addresses |= {f"endpoint-{name}": f"http://127.0.0.1:{port}" for name, port in settings.servers.items()}
    now = datetime.now()
    ends = restarts.recent(supervision.log, now)
    all_run = True
    for process in supervision.processes():
        name = process["name"]
        state = restarts.state(process["statename"], ends.get(name, []), now)
        all_run &= state == "running"
        line = f"{name:30} {state:10} {process['description']:32} {addresses.get(name, ''):23}"
        print(f"{line} {restarts.described(ends.get(name, []))}".rstrip())
    return 0 if all_run else 1


def run() -> int:
    """Runs a dataset's training and shows it; 0 where it succeeded."""
    return _run("training", training.request(), summary.of_success)


def experiment() -> int:
    """Compares learners on folds and shows it; 0 where it succeeded."""
    return _run("experiment", experiments.request(), experiments.summary)


def fulltrainpred() -> int:
    """Runs an experiment and predicts by its final model, released or not; 0 where both succeeded."""
    wanted = experiments.request()
    rows = os.environ.get("TEST") or None
    source.check_rows(wanted.dataset, rows, "TEST", policy="scoring")
    code = experiment()
    if code:
        return code
    model = experiments.last(AirflowApi(lifecycle.running()), wanted.dataset, "train_final")
    return predicting.run(wanted.dataset, rows, {"models": [model]})


def _run(kind: str, wanted: training.Request | experiments.Request, tell: Callable[..., str]) -> int:
    """Runs the dataset's DAG of this kind and shows it; 0 where it succeeded."""
    wanted.check()
    source.check_rows(wanted.dataset, wanted.data)
    settings = lifecycle.start()
    api = AirflowApi(settings, Supervision().stays)
    dag = f"{wanted.dataset}_{kind}"
    origin = source.find(wanted.dataset, wanted.data, api, settings)
    places.write_private(places.STATE / "last-dataset", origin.name(wanted.dataset))
    training.wait_for_dag(api, dag)
    begun = time.monotonic()
    with training.unpaused(api, settings, dag):
        run_id = training.trigger(api, dag, wanted.conf(origin.param))
        page = training.run_page(settings, dag, run_id)
        print(f"{dag} on {origin.said}\n{page}\n", flush=True)
        try:
            state, tasks = live.follow(api, dag, run_id, page)
        except KeyboardInterrupt:
            source.keep(wanted.dataset, wanted.data, origin, api)
            raise
    took = time.monotonic() - begun
    # A file that was refused would fail every run to come.
    if any(task["task_id"] == "preprocess" and task["state"] == "success" for task in tasks):
        source.keep(wanted.dataset, wanted.data, origin, api)
    if state != "success":
        return failed.tell(api, settings, dag, run_id, tasks, origin)
    name = tell(api, settings, wanted.dataset, run_id, tasks, took)
    places.write_private(places.STATE / "last-dataset", name)
    return 0
