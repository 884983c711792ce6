"""What the servers of a stack say of a dataset's models."""

from __future__ import annotations

import json
from dataclasses import dataclass

import requests
from own_stack import Stack


@dataclass(frozen=True)
class Observed:
    """A dataset's models, as ledger, MLflow and endpoint know them."""

    entries: list[dict]
    """The release ledger's."""
    runs: list[dict]
    """MLflow's runs: their tags."""
    versions: list[dict]
    """MLflow's registered versions."""
    aliases: dict[str, int]
    """MLflow's names for versions."""
    answers: dict
    """What the endpoint says that it answers with."""

    @property
    def champion(self) -> dict:
        """The ledger's champion."""
        return self.entries[-1]["champion"]

    def runs_of(self, model: str) -> int:
        """How many of MLflow's runs made this model."""
        return sum(run.get("propensity.model", "").rstrip("/") == model.rstrip("/") for run in self.runs)


def observe(stack: Stack, name: str) -> Observed:
    """Asks all of them."""
    settings = stack.settings()
    files = sorted((stack.state / "s3/propensity/store" / name / "releases").glob("*.json"))
    answer = requests.get(f"{settings.endpoint_urls[name]}/api/v1/model", timeout=60)
    versions = _mlflow(settings.mlflow_url, "GET", "model-versions/search", params={"filter": f"name='{name}'"})
    model = _mlflow(settings.mlflow_url, "GET", "registered-models/get", params={"name": name})
    found = model.get("registered_model", {}).get("aliases", [])
    return Observed(
        entries=[json.loads(file.read_text()) for file in files],
        runs=_runs(settings.mlflow_url, name),
        versions=versions.get("model_versions", []),
        aliases={alias["alias"]: int(alias["version"]) for alias in found},
        answers=answer.json(),
    )


def is_in_order(stack: Stack, name: str) -> Observed:
    """What is there, once it is certain that nothing is there twice and that all agree with the ledger."""
    found = observe(stack, name)
    last = found.entries[-1]
    models = last["models"]
    assert [entry["number"] for entry in found.entries] == list(range(1, len(found.entries) + 1))
    assert len(set(models)) == len(models), "one version a model"
    assert sorted(int(version["version"]) for version in found.versions) == list(range(1, len(models) + 1))
    made = [run["propensity.model"] for run in found.runs if "propensity.model" in run]
    assert len(set(made)) == len(made), "one run a model"
    named = {alias: last[alias]["version"] for alias in ("champion", "challenger", "previous") if last.get(alias)}
    assert found.aliases == named
    assert found.answers["version"] == last["champion"]["version"]
    assert found.answers["model"] == last["champion"]["model"]
    return found


def _runs(url: str, name: str) -> list[dict]:
    query = {"filter": f"name = '{name}'", "max_results": 10}
    experiments = _mlflow(url, "POST", "experiments/search", json=query).get("experiments", [])
    if not experiments:
        return []
    query = {"experiment_ids": [one["experiment_id"] for one in experiments], "max_results": 1000}
    runs = _mlflow(url, "POST", "runs/search", json=query).get("runs", [])
    return [{tag["key"]: tag["value"] for tag in run["data"]["tags"]} for run in runs]


def _mlflow(url: str, method: str, path: str, **arguments) -> dict:
    answer = requests.request(method, f"{url}/api/2.0/mlflow/{path}", timeout=60, **arguments)
    if answer.status_code == 404:
        return {}
    answer.raise_for_status()
    return answer.json()
