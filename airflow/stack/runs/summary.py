"""The summary of a successful run."""

from __future__ import annotations

import csv
import io
import shlex
import unicodedata

from stack import datasets, paths, terminal, wording
from stack.airflow_api import AirflowApi, Json
from stack.configuration.settings import USER, Settings
from stack.releases import reports
from stack.runs import training
from stack.store import Store

MOST_COLUMNS = 20
"""Features of a model for which a row is printed as a command; one of a wider table is too long to read."""

MOST_LINES = 50
"""Lines in which the header and a row are looked for; a cell may have several."""

MANUALLY = "promote it manually"
"""The end of a reason of the task register for a model that is not released by itself."""

METRICS = (("ROC AUC", "auc"), ("average precision", "average_precision"), ("log loss", "log_loss"))


def of_success(api: AirflowApi, settings: Settings, dataset: str, run: str, tasks: list[Json], took: float) -> str:
    """Prints the model, its metrics, the decision, and how to invoke it; the endpoint's name."""
    dag = f"{dataset}_training"
    outputs = training.outputs(api, dag, run, tasks)
    uris = {task: output["uri"].rstrip("/") for task, output in outputs.items()}
    store = Store(settings)
    name = uris["evaluate"].removeprefix(settings.store + "/").split("/")[0]
    evaluation = store.read_json(uris["evaluate"] + "/evaluation.json")
    entry = store.read_json(uris["register"])
    rows = [
        *_trained(store, uris, name, evaluation["rows"]),
        *warnings(outputs),
        ("test", _metrics(evaluation)),
        ("decision", decision(outputs["register"].get("reason") or "", entry, name)),
        ("model", _model(entry, uris, name)),
    ]
    url = settings.endpoint_urls.get(name, "")
    found = reports.of_run(store, name, entry, uris["train"], uris["evaluate"], uris["preprocess"])
    rows += [
        ("Airflow", training.run_page(settings, dag, run)),
        ("MLflow", settings.mlflow_url),
        ("endpoint", f"{url}/ (also a page for the browser)"),
        ("sign in", f"Airflow: {USER}, password in {paths.PASSWORD_FILE}; MLflow and the endpoint need none"),
        *((title, file.as_uri()) for title, file in found),
    ]
    print()
    terminal.heading(f"{dag} succeeded in {took:.0f} s", "bold green")
    print()
    terminal.facts(rows)
    print(f"\n{_no_model_message(entry, url, name) or _invocation(store, uris, url, dataset, entry)}\n")
    return name


def warnings(outputs: dict[str, Json]) -> list[tuple[str, str]]:
    """Warnings of the tasks' results."""
    mark = "WARNING: "
    reasons = [output.get("reason") or "" for output in outputs.values()]
    return [("WARNING", reason.partition(mark)[2]) for reason in reasons if mark in reason]


def decision(reason: str, entry: Json, name: str) -> str:
    """The decision on the run's model; with the command that promotes it, where a person has to."""
    text = reason or entry.get("why", "")
    if MANUALLY not in text:
        return text
    command = wording.command("promote", VERSION=str(entry["subject"]["version"]), DATASET=name)
    return text.replace(MANUALLY, f"to promote it: {command}")


def _no_model_message(entry: Json, url: str, name: str) -> str:
    """Why no model is live yet; empty where one is."""
    if entry.get("champion"):
        return ""
    version = entry["subject"]["version"]
    command = wording.command("promote", DATASET=name, VERSION=str(version))
    return (
        f"No model is live at {url} yet: version {version} is a challenger, and there is no champion.\n"
        f"To release it regardless of its evaluation: {command}"
    )


def _trained(store: Store, uris: dict[str, str], name: str, test_rows: int) -> list[tuple[str, str]]:
    raw = store.read_json(uris["download"] + "/raw.json")
    model = store.read_json(uris["train"] + "/model.json")
    trained = model.get("rows", {})
    splits = [*((split, count) for split, count in trained.items() if split != "refit"), ("test", test_rows)]
    refit = f", refitted on {trained['refit']:,} rows" if "refit" in trained else ""
    unassigned = store.read_json(uris["preprocess"] + "/report.json").get("unassigned_rows")
    if unassigned:
        splits.append(("in no split", unassigned))
    counts = ", ".join(f"{split} {count:,}" for split, count in splits)
    rows = [
        ("rows", f"{raw.get('rows', 0):,} ({counts}), SHA-256 {raw.get('sha256', '')[:12]}…"),
        ("trained", f"{model.get('learner')}{refit}, calibrator {model.get('calibrator', {}).get('method', 'none')}"),
    ]
    if name.endswith(datasets.SYNTHETIC):
        rows.append(("note", "the rows are SYNTHETIC: the metrics are not meaningful"))
    return rows


def _metrics(evaluation: Json) -> str:
    """The metrics that matter, on the test split; without copies, where the verdict is without them."""
    others = evaluation.get("without_copies", {})
    if others.get("coincidence"):
        others = {}
    scalars = others.get("candidate") or evaluation.get("candidate", {}).get("scalars", {})
    texts = [f"{title} {scalars[name]:.4f}" for title, name in METRICS if name in scalars]
    if {"auc_low", "auc_high"} <= scalars.keys():
        texts[0] += f" (95% interval {scalars['auc_low']:.4f} to {scalars['auc_high']:.4f})"
    if "lift_at_10" in scalars:
        texts.append(f"the top 10% respond {scalars['lift_at_10']:.1f} times as often as average")
    if "candidate" in others:
        return ", ".join([*texts, f"{others['rows']:,} rows, without {others['copies']:,} copies"])
    copies = f", {others['copies']:,} of them copies" if others else ""
    return ", ".join([*texts, f"{evaluation.get('rows', 0):,} rows{copies}"])


def _model(entry: Json, uris: dict[str, str], name: str) -> str:
    """The run's model as the ledger knows it: itself, or the champion that it equals."""
    releases = [release for place in ("subject", "champion", "challenger", "previous") if (release := entry.get(place))]
    own = [release for release in releases if release["model"].rstrip("/") == uris["train"]]
    release = (own or [entry["champion"]])[0]
    return f"{name}, version {release['version']}: {release['model']}"


def _invocation(store: Store, uris: dict[str, str], url: str, dataset: str, entry: Json) -> str:
    """A command to paste: a row of the test split, of which the columns that the live model reads."""
    champion = entry["champion"]
    live = champion["model"].rstrip("/")
    model = "the model" if live == uris["train"] else f"the champion, version {champion['version']} (still live)"
    encoder = store.read_json(f"{live}/encoder.json")
    features = {feature["column"]["name"] for feature in encoder["features"]}
    if len(features) > MOST_COLUMNS:
        command = wording.command("invoke", DATASET=entry.get("name", dataset), DATA="customers.csv")
        return f"To invoke {model}: fill in the form at {url}/, or send a file:\n\n{command}"
    lines = store.first_lines(uris["preprocess"] + "/test-rows.csv", MOST_LINES)
    header, row, *_ = csv.reader(f"{line}\n" for line in lines)
    used = {_name(name) for name in (encoder["identifier"], *features)}
    cells = [(column, value) for column, value in zip(header, row, strict=True) if _name(column) in used]
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(zip(*cells, strict=True))
    body = shlex.quote(text.getvalue().rstrip("\n"))
    command = f"curl --silent --header 'Content-Type: text/csv' --data-binary {body} {url}/invocations"
    return f"To invoke {model} with a row of the test split:\n\n{command}"


def _name(column: str) -> str:
    """The column's name as names are compared."""
    return unicodedata.normalize("NFC", column.strip())
