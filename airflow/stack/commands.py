"""What the commands do that start, stop and clean up the stack, and that run a training or an experiment on it."""

from __future__ import annotations

import time
from collections.abc import Callable

from stack import jars, paths, pruning, specification, wording
from stack.airflow_api import AirflowApi
from stack.configuration.environment import image, public, shell_exports
from stack.configuration.requested import Requested
from stack.configuration.settings import Settings
from stack.failure import Failure
from stack.runs import experiments, failed, live, predicting, source, summary, training
from stack.servers import containers, lifecycle
from stack.servers.supervision import Supervision


def start(stack: Requested) -> None:
    """Starts the stack, or brings a running one up to date."""
    begun = time.monotonic()
    settings = lifecycle.start(stack)
    print(f"the stack is up after {time.monotonic() - begun:.0f} s: Airflow {settings.airflow_url}")


def stop() -> None:
    """Stops the stack."""
    lifecycle.stop()
    print("the stack is stopped")


def purge() -> None:
    """Stops the stack and removes what of it lies outside its folder."""
    lifecycle.stop()
    containers.remove_image(image())


def prune(days: int | None = None, keep: int | None = None, *, confirmed: bool = False) -> int:
    """Lists old runs, logs, jars and artifacts; removes them where that is confirmed."""
    settings = lifecycle.running()
    api = AirflowApi(settings)
    age = pruning.DAYS if days is None else days
    runs, files = pruning.old_runs(api, age), pruning.old_files(age)
    for dag, run in runs:
        print(f"run {run} of {dag}")
    for path in files:
        print(path)
    if confirmed:
        for dag, run in runs:
            pruning.forget(api, dag, run)
        for path in files:
            pruning.remove(path)
    done = "deleted" if confirmed else "would delete"
    print(f"{done} {len(runs)} runs and {len(files)} logs and builds", flush=True)
    code = pruning.artifacts(settings, days, keep, confirmed)
    if not confirmed:
        print(f"nothing was deleted; to delete: {wording.command('prune', YES='1')}")
    return code


def defaults(request: training.TrainingRequest) -> None:
    """Writes a learner and its parameters into a dataset's file as its own."""
    if request.learner is None:
        raise Failure("LEARNER= is missing: make defaults DATASET=… LEARNER=… PARAMETERS='{…}'", 2)
    request.check()
    file = paths.DATASETS / f"{request.dataset}.yaml"
    text = specification.with_defaults(file.read_text(encoding="utf-8"), request.learner, request.parameters)
    file.write_text(text, encoding="utf-8")
    print(f"{file} now has the default learner {request.learner} with the parameters {request.parameters}")


def env(*, as_json: bool = False) -> None:
    """Prints the running stack's settings, for a shell or as JSON."""
    settings = lifecycle.running()
    variables = public(settings, paths.text(paths.STATE / "last-dataset"))
    if as_json:
        jars.print_json(variables)
    else:
        print(shell_exports(variables))


def run(request: training.TrainingRequest, stack: Requested) -> int:
    """Runs a dataset's training and shows it; 0 where it succeeded."""
    return _run("training", request, stack, summary.of_success)


def experiment(request: experiments.ExperimentRequest, stack: Requested) -> int:
    """Compares learners on folds and shows it; 0 where it succeeded."""
    return _run("experiment", request, stack, experiments.summary)


def experiment_and_predict(request: experiments.ExperimentRequest, rows: str | None, stack: Requested) -> int:
    """Runs an experiment and predicts by its final model, released or not; 0 where both succeeded."""
    source.check_rows(request.dataset, rows, "TEST", policy="scoring")

    def check(trained: source.Source, api: AirflowApi, settings: Settings) -> None:
        """Rejects missing rows before the experiment, not after it."""
        source.find_rows_to_predict(request.dataset, rows, api, settings, trained.name(request.dataset), "TEST")

    code = _run("experiment", request, stack, experiments.summary, check)
    if code:
        return code
    model = experiments.last(AirflowApi(lifecycle.running()), request.dataset, "train_final")
    return predicting.predict(request.dataset, rows, {"models": [model]}, stack)


def _run(
    kind: str,
    request: training.TrainingRequest | experiments.ExperimentRequest,
    stack: Requested,
    summarize: Callable[..., str],
    check: Callable[[source.Source, AirflowApi, Settings], None] = lambda *_: None,
) -> int:
    """Runs the dataset's DAG of this kind and shows it; 0 where it succeeded."""
    request.check()
    source.check_rows(request.dataset, request.data, folds=getattr(request, "folds", None))
    settings = lifecycle.start(stack)
    api = AirflowApi(settings, Supervision().still_runs)
    dag = f"{request.dataset}_{kind}"
    origin = source.find(request.dataset, request.data, api, settings)
    check(origin, api, settings)
    paths.write_private(paths.STATE / "last-dataset", origin.name(request.dataset))
    training.wait_for_dag(api, dag)
    begun = time.monotonic()
    with training.unpaused(api, settings, dag):
        run_id = training.trigger(api, dag, request.conf(origin.param))
        page = training.run_page(settings, dag, run_id)
        print(f"{dag} on {origin.description}\n{page}\n", flush=True)
        try:
            state, tasks = live.follow(api, dag, run_id, page)
        except KeyboardInterrupt:
            source.keep(request.dataset, request.data, origin, api)
            raise
    took = time.monotonic() - begun
    # A file that was rejected would fail every run to come.
    if any(task["task_id"] == "preprocess" and task["state"] == "success" for task in tasks):
        source.keep(request.dataset, request.data, origin, api)
    if state != "success":
        return failed.report(api, settings, dag, run_id, tasks, origin)
    name = summarize(api, settings, request.dataset, run_id, tasks, took)
    paths.write_private(paths.STATE / "last-dataset", name)
    return 0
