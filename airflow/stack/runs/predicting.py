"""A prediction run, from the trigger to its files in models/."""

from __future__ import annotations

from pathlib import Path

from stack import datasets, paths, terminal, wording
from stack.airflow_api import AirflowApi, Json
from stack.configuration.requested import Requested
from stack.failure import Failure
from stack.releases.champion import champion
from stack.runs import failed, live, source, training
from stack.runs.source import Source
from stack.servers import lifecycle
from stack.servers.supervision import Supervision
from stack.store import Store

# What a prediction has, each with its names in a store: the current one, and that of earlier versions.
FILES = {
    "predictions": ("predictions.csv",),
    "submission": ("submission.csv",),
    "rejected": ("rejected.csv", "refused.csv"),
}


def predict(dataset: str, data: str | None, by: Json, stack: Requested) -> int:
    """Runs a dataset's prediction and fetches its files; 0 where it succeeded.

    Args:
        by: the run's parameters that name the models, as in ``{"model_version": 3}``
    """
    source.check_rows(dataset, data, policy="scoring")
    settings = lifecycle.start(stack)
    api = AirflowApi(settings, Supervision().still_runs)
    dag = f"{dataset}_prediction"
    store, models = Store(settings), by.get("models")
    trained = datasets.current_name(models[0].removeprefix(f"{settings.store}/").split("/")[0]) if models else None
    origin = source.find_rows_to_predict(dataset, data, api, settings, trained)
    name = origin.name(dataset)
    release = {} if models else released(store.last_entry(settings.store, name), name, by["model_version"], origin)
    training.wait_for_dag(api, dag)
    delete_files(name)
    with training.unpaused(api, settings, dag):
        run = training.trigger(api, dag, {"source": origin.param, **by})
        page = training.run_page(settings, dag, run)
        print(f"{dag} on {origin.description}\n{page}\n", flush=True)
        state, tasks = live.follow(api, dag, run, page)
    if state != "success":
        return failed.report(api, settings, dag, run, tasks, origin)
    # One file was given: the first instance is the only one.
    path = f"/dags/{dag}/dagRuns/{run}/taskInstances/predict/xcomEntries/return_value"
    uri = api.call("GET", path, params={"stringify": False, "map_index": 0})["value"]
    _report(store, name, uri, release)
    return 0


def released(entry: Json, name: str, version: int | None, origin: Source) -> Json:
    """The version or champion that is to score the rows, before anything is run.

    Args:
        entry: the last one of the ledger; empty where there is none
        version: the requested one; none for the champion

    Returns:
        its ``version`` and, of the champion, its ``model``

    Raises:
        Failure: if there is no such version, or no champion
    """
    if version is None or not entry:
        return champion(entry, name, f", to score {origin.description}")
    newest = len(entry["models"])
    if not 1 <= version <= newest:
        versions = "only version 1" if newest == 1 else f"versions 1 to {newest}"
        raise Failure(
            f"VERSION={version}: {name} has {versions}; to list them: {wording.command('history', DATASET=name)}", 2
        )
    return {"version": version}


def delete_files(name: str) -> None:
    """Deletes the files of an earlier prediction, which are in the store, so that a failed run does not leave them."""
    for kind in FILES:
        if (file := _file(kind, name)).exists():
            print(f"deleting {file}, of an earlier prediction")
            file.unlink()


def _report(store: Store, name: str, uri: str, release: Json) -> None:
    """Fetches the files, and prints a summary of them."""
    report = store.read_json(f"{uri}/predictions.json")
    inputs = store.read_json(f"{uri}/manifest.json")["inputs"]
    models = [inputs[name]["uri"] for name in sorted(inputs) if name.startswith("model")]
    rows = [
        ("predicted", f"{report['predicted']:,} of {report['rows']:,} rows"),
        ("selected", selected(report)),
        ("model", scorer(models, release)),
        ("predictions", uri),
        *(("note", note) for note in notes(report)),
    ]
    if not report.get("forecast"):
        rows.append(
            ("note", "there is no forecast of the profit: the scores are doubtful, or the calibration is unknown")
        )
    if forecast := report.get("forecast"):
        rows.insert(2, ("expected", expected(forecast)))
    rows += [("file", str(file)) for file in fetch(store, name, uri)]
    print()
    terminal.facts(rows)


def selected(report: Json) -> str:
    """How many rows a ``predictions.json`` selects."""
    return f"{report['positive']:,} of {report['predicted']:,} rows at threshold {report['threshold']:.4g}"


def scorer(models: list[str], release: Json) -> str:
    """What scored the rows, with its version where the run used the champion or a version."""
    if len(models) > 1:
        return f"the mean of {len(models)} models"
    # Another model may have become the champion since.
    if release and release.get("model", models[0]).rstrip("/") == models[0].rstrip("/"):
        return f"version {release['version']}, {models[0]}"
    return models[0]


def fetch(store: Store, name: str, uri: str) -> list[Path]:
    """Downloads the files that a prediction has to models/, and returns them.

    Args:
        name: the dataset's name, or that of its synthetic rows
    """
    return [
        _file(kind, name)
        for kind, stored in FILES.items()
        if any(store.download(f"{uri}/{each}", _file(kind, name), optional=True) for each in stored)
    ]


def _file(kind: str, name: str) -> Path:
    return paths.FILES / "models" / f"{kind}-{name}.csv"


def expected(forecast: Json) -> str:
    """What contacting the selected rows is expected to bring, with 95% intervals."""
    positives, profit = forecast["positives"], forecast["profit"]
    amount = f"{profit['value']:,.0f} {forecast['currency']}".strip()
    return (
        f"{positives['value']:,.0f} of the selected rows positive (95%: {positives['low']:,.0f} to "
        f"{positives['high']:,.0f}), a profit of {amount} (95%: {profit['low']:,.0f} to {profit['high']:,.0f})"
    )


def notes(report: Json) -> list[str]:
    """What is doubtful about the rows of a ``predictions.json``, a line each; often nothing."""
    lines = []
    if left_out := report["rows"] - report["predicted"]:
        counts = report.get("rejected") or report.get("refused", {})  # the name of earlier versions
        rules = "; ".join(f"{rule}: {count:,}" for rule, count in counts.items())
        lines.append(f"WARNING: {left_out:,} of {report['rows']:,} rows are invalid and have no score ({rules})")
    if report.get("numbered"):
        lines.append("the table has no identifier column: rows are identified by their number, from 1")
    if report.get("duplicates"):
        count = report["duplicates"]
        lines.append(f"{count:,} {'row has' if count == 1 else 'rows have'} a duplicate identifier")
    for column, rows in report.get("unseen", {}).items():
        share = rows / max(1, report["predicted"])
        alike = [
            f"'{_visible(word)}' looks like '{_visible(known)}'"
            for word, known in report.get("look_alikes", {}).get(column, {}).items()
        ]
        line = f"{column}: {rows:,} rows ({share:.1%}) have an unseen category" + (
            f" ({', '.join(alike)})" if alike else ""
        )
        if column in report.get("doubtful", []):
            line = f"WARNING: {line}; the model was trained without such customers: do not rely on their scores"
        lines.append(line)
    return lines


def _visible(word: str) -> str:
    """The word with codes for characters that a terminal would not show, or would obey."""
    return "".join(each if each.isprintable() else f"\\u{ord(each):04X}" for each in word)
