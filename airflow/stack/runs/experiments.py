"""An experiment: its request and its summary."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import requests
from rich.table import Table

from propensity.dags.candidates import BadExperiment, candidates
from propensity.learners import RANKING_METRICS
from stack import datasets, terminal, wording
from stack.airflow_api import AirflowApi, Json
from stack.configuration.settings import Settings
from stack.failure import Failure
from stack.releases import reports
from stack.runs import training
from stack.runs.summary import decision, warnings
from stack.store import Store

MLFLOW_SECONDS = 30


@dataclass(frozen=True)
class ExperimentRequest:
    """What an experiment is to compare, and what becomes of its final model."""

    dataset: str
    data: str | None = None
    learners: list[str] = field(default_factory=list)
    folds: int = 5
    parameters: Json = field(default_factory=dict)
    trials: int = 0
    search: Json = field(default_factory=dict)
    seed: int | None = None
    rank: str = "auc"
    candidate: str | None = None
    release: str = "auto"
    force: list[str] = field(default_factory=list)

    @property
    def settings(self) -> Json:
        """What the candidates and the best of them follow from."""
        names = ("learners", "folds", "parameters", "trials", "search", "seed", "rank", "candidate")
        return {name: getattr(self, name) for name in names}

    def check(self) -> None:
        """Has the jar reject an impossible experiment before anything is started."""
        text = datasets.file(self.dataset).read_text(encoding="utf-8")
        training.check(self.dataset)
        try:
            found = candidates(text, self.settings)
        except BadExperiment as error:
            raise Failure(str(error), 2) from error
        for learner in dict.fromkeys(candidate["learner"] for candidate in found):
            settings = [candidate["parameters"] for candidate in found if candidate["learner"] == learner]
            training.check(self.dataset, f"--learner={learner}", f"--parameters={json.dumps(settings)}")

    def conf(self, source: str | None) -> Json:
        """The run's parameters."""
        return {"source": source, **self.settings, "release": self.release, "force": self.force}


def summary(api: AirflowApi, settings: Settings, dataset: str, run: str, tasks: list[Json], took: float) -> str:
    """Prints the candidates as a table, the decision on the best, and where everything is; the endpoint's name."""
    dag = f"{dataset}_experiment"
    outputs = training.outputs(api, dag, run, tasks)
    uris = {task: output["uri"].rstrip("/") for task, output in outputs.items()}
    store = Store(settings)
    name = uris["compare"].removeprefix(settings.store + "/").split("/")[0]
    comparison = store.read_json(uris["compare"] + "/comparison.json")
    costs = _costs(settings, name, uris["compare"])
    print()
    terminal.heading(f"{dag} succeeded in {took:.0f} s", "bold green")
    print()
    print(f"  {comparison['rows']:,} rows in {comparison['folds']} folds, without the test split")
    print(f"  ordered by {RANKING_METRICS[comparison['rank']]}\n")
    terminal.show(table(comparison, costs), indent=2)
    print()
    if comparison["differences"]:
        terminal.show(differences(comparison), indent=2)
    entry = store.read_json(uris["register"])
    best = next(result for result in comparison["candidates"] if result["name"] == comparison["winner"])
    rows = [
        ("final model", uris["train_final"]),
        *warnings(outputs),
        ("decision", decision(outputs["register"].get("reason") or "", entry, name)),
        ("Airflow", training.run_page(settings, dag, run)),
        ("MLflow", settings.mlflow_url),
    ]
    comparison_report = reports.fetch(store, name, "comparison", uris["compare"])
    found = [("report", comparison_report)] if comparison_report else []
    found += reports.of_run(store, name, entry, uris["train_final"], uris["evaluate"], uris["preprocess"])
    rows += [(title, file.as_uri()) for title, file in found]
    print()
    terminal.facts(rows)
    own = {"LEARNER": best["learner"], "PARAMETERS": training.json_text(best["changed"])}
    command = wording.command("defaults", DATASET=dataset, **own)
    print(f"\nTo use the winner's settings by default:\n\n{command}\n")
    return name


def last(api: AirflowApi, dataset: str, task: str) -> str:
    """What a task of the dataset's last successful experiment made."""
    dag = f"{dataset}_experiment"
    query = {"state": "success", "order_by": "-run_after", "limit": 1}
    runs = api.call("GET", f"/dags/{dag}/dagRuns", missing_ok=True, params=query)
    if not runs or not runs["dag_runs"]:
        raise Failure(f"no experiment of {dataset} has succeeded yet: make experiment DATASET={dataset}", 2)
    run = runs["dag_runs"][0]["dag_run_id"]
    path = f"/dags/{dag}/dagRuns/{run}/taskInstances/{task}/xcomEntries/return_value"
    return api.call("GET", path, params={"stringify": False})["value"].rstrip("/")


def table(comparison: Json, costs: dict[str, dict[str, float]]) -> Table:
    """The candidates from the best, a row each."""
    profit = _profit_title(comparison)
    figures = ("AUC by fold", "pooled", "log loss", profit, "rounds", "CPU s", "MiB")
    found = terminal.table("candidate", *figures, "changed parameters", no_wrap=figures)
    for result in comparison["candidates"]:
        cost = costs.get(result["name"], {})
        found.add_row(
            result["name"],
            f"{result['auc']['mean']:.4f} ± {result['auc']['deviation']:.4f}",
            f"{result['pooled_auc']['value']:.4f}",
            f"{result['log_loss']:.4f}",
            f"{result['profit']:,.0f}",
            f"{result['rounds']:,}",
            _figure(cost, "train_cpu_seconds", ".1f"),
            _figure(cost, "train_peak_mebibytes", ".0f"),
            training.json_text(result["changed"]),
        )
    return found


def differences(comparison: Json) -> Table:
    """The differences between candidates, a row each, with the interval of the metric that orders them."""
    rank = comparison["rank"]
    titles = {"auc": "AUC", "log_loss": "log loss", "profit": _profit_title(comparison)}
    others = [metric for metric in titles if metric != rank]
    figures = (f"difference in {titles[rank]}", "95% interval", *(titles[metric] for metric in others))
    found = terminal.table("comparison", *figures, no_wrap=figures)
    for difference in comparison["differences"]:
        ranked = difference[rank]
        found.add_row(
            f"{difference['candidate']} vs. {difference['other']}",
            _difference(rank, ranked["value"]),
            f"{_difference(rank, ranked['low'])} to {_difference(rank, ranked['high'])}",
            *(_difference(metric, difference[metric]["value"]) for metric in others),
        )
    return found


def _difference(metric: str, value: float) -> str:
    return f"{value:+,.0f}" if metric == "profit" else f"{value:+.4f}"


def _profit_title(comparison: Json) -> str:
    return f"profit ({comparison['currency']})" if comparison["currency"] else "profit"


def _figure(cost: dict[str, float], name: str, form: str) -> str:
    return f"{cost[name]:{form}}" if name in cost else "–"


def _costs(settings: Settings, experiment: str, comparison: str) -> dict[str, dict[str, float]]:
    """The training cost by candidate, from MLflow; nothing where it does not respond."""
    api = f"{settings.mlflow_url}/api/2.0/mlflow"
    try:
        found = _mlflow("GET", f"{api}/experiments/get-by-name", params={"experiment_name": experiment})
        query = {
            "experiment_ids": [found["experiment"]["experiment_id"]],
            "filter": f"tags.`propensity.model` = '{comparison}'",
        }
        [run] = _mlflow("POST", f"{api}/runs/search", json=query)["runs"]
    except (requests.RequestException, KeyError, ValueError):
        return {}
    costs: dict[str, dict[str, float]] = {}
    for metric in run["data"].get("metrics", []):
        kind, _, candidate = metric["key"].partition("/")
        costs.setdefault(candidate, {})[kind] = metric["value"]
    return costs


def _mlflow(method: str, url: str, **arguments: Any) -> Json:
    session = requests.Session()
    session.trust_env = False
    response = session.request(method, url, timeout=MLFLOW_SECONDS, **arguments)
    response.raise_for_status()
    return response.json()
