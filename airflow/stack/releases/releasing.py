"""Promoting, rolling back, and looking at what was released: the jars that do it, one after another."""

from __future__ import annotations

import sys

from stack import datasets, jars, paths
from stack.airflow_api import Json
from stack.configuration.settings import Settings
from stack.failure import Failure
from stack.option_values import DEFAULT_DATASET
from stack.releases import reports
from stack.releases.champion_change import ChampionChange
from stack.servers import lifecycle
from stack.store import Store

NO_REASON = "no reason was given"
ELSEWHERE = "; for a stage on AWS, add STAGE=dev|uat|prod"


def promote(change: ChampionChange, endpoint: str | None = None) -> int:
    """Makes a version the champion, and verifies that the endpoint serves it."""
    settings = lifecycle.running(ELSEWHERE)
    if change.version is None:
        raise Failure("VERSION= is missing: the version to promote; make history lists the versions", 2)
    return _change(settings, "promote", change, endpoint)


def rollback(change: ChampionChange, endpoint: str | None = None) -> int:
    """Rolls back the champion, and verifies that the endpoint serves the one before it."""
    return _change(lifecycle.running(ELSEWHERE), "rollback", change, endpoint)


def history(dataset: str | None, *, as_json: bool = False) -> int:
    """Prints the release ledger."""
    settings = lifecycle.running(ELSEWHERE)
    name = released_name(settings, dataset)
    if as_json:
        jars.print_json(Store(settings).ledger(settings.store, name))
        return 0
    return jars.run(settings, "history", f"--name={name}").code


def verify(dataset: str | None, version: int | None, uri: str | None) -> int:
    """Compares an artifact, or the champion, with its digests, back to the raw data."""
    settings = lifecycle.running()
    words = [f"--uri={uri}"] if uri else [f"--name={released_name(settings, dataset)}"]
    return jars.run(settings, "verify", *words, *_version(version)).code


def released_name(settings: Settings, dataset: str | None) -> str:
    """The ledger's name: a dataset's name or that of its synthetic rows, else the last run's."""
    name = dataset or paths.text(paths.STATE / "last-dataset") or DEFAULT_DATASET
    name = datasets.current_name(name)
    if name not in settings.endpoints:
        raise Failure(f"DATASET={name}: {datasets.nearest(name, sorted(settings.endpoints))}", 2)
    return name


def _version(version: int | None) -> list[str]:
    return [] if version is None else [f"--model-version={version}"]


def _change(settings: Settings, task: str, change: ChampionChange, endpoint: str | None) -> int:
    name = released_name(settings, change.dataset)
    who = [f"--who={change.who}"] if change.who else []
    words = [f"--name={name}", f"--why={change.why or NO_REASON}", *who, *_version(change.version)]
    done = jars.run(settings, task, *words)
    if done.code:
        if instead := change.promotion_instead(task, name, done.reason):
            print(f"to promote it: {instead}", file=sys.stderr)
        return done.code
    store = Store(settings)
    entry = store.read_json(done.uri)
    if task == "promote" and (doubts := failed_checks(store.read_json(_evaluation(entry)))):
        print(f"WARNING: the evaluation of version {change.version} did not pass: {doubts}", file=sys.stderr)
    where = f"--endpoint={endpoint or settings.endpoint_urls[name]}"
    verified = jars.run(settings, "deploy", f"--release={done.uri}", where)
    if verified.code == 0:
        reports.of_release(store, name, entry)
    return verified.code


def _evaluation(entry: Json) -> str:
    return entry["champion"]["evaluation"].rstrip("/") + "/evaluation.json"


def failed_checks(evaluation: Json) -> str:
    """What a model failed by its ``evaluation.json``; empty if it passed."""
    verdict = evaluation.get("verdict", {})
    if verdict.get("decision") == "release":
        return ""
    return "; ".join(check["text"] for check in verdict.get("checks", []) if not check["passed"])
