"""Promoting, rolling back, and looking at what was released: the jars that do it, one after another."""

from __future__ import annotations

import os

from stack import datasets, jars, places, reports
from stack.failure import Failure
from stack.servers import lifecycle
from stack.settings import Settings
from stack.store import Store

NO_REASON = "no reason was given"
ELSEWHERE = ", or for a stage on AWS STAGE=dev|uat|prod"


def promote() -> int:
    """Makes a version the champion, and proves that the endpoint answers with it."""
    settings = lifecycle.running(ELSEWHERE)
    version = wanted_version()
    if version is None:
        raise Failure("VERSION=…: which version shall answer? make history shows them", 2)
    name = released_name(settings)
    return _and_prove(settings, name, jars.run(settings, "promote", *_said(name), f"--model-version={version}"))


def rollback() -> int:
    """Takes the champion back, and proves that the endpoint answers with the one before it."""
    settings = lifecycle.running(ELSEWHERE)
    name = released_name(settings)
    version = wanted_version()
    which = [] if version is None else [f"--model-version={version}"]
    return _and_prove(settings, name, jars.run(settings, "rollback", *_said(name), *which))


def history() -> int:
    """Prints the release ledger."""
    settings = lifecycle.running(ELSEWHERE)
    return jars.run(settings, "history", f"--name={released_name(settings)}").code


def verify() -> int:
    """Compares an artifact, or the champion, with its digests, back to the raw data."""
    settings = lifecycle.running()
    uri, version = os.environ.get("URI"), wanted_version()
    words = [f"--uri={uri}"] if uri else [f"--name={released_name(settings)}"]
    return jars.run(settings, "verify", *words, *([] if version is None else [f"--model-version={version}"])).code


def wanted_version() -> int | None:
    """The version that is meant; none where none is named."""
    version = os.environ.get("VERSION")
    if version and not version.isdecimal():
        raise Failure(f"VERSION={version}: must be a version's number; make history shows them", 2)
    return int(version) if version else None


def released_name(settings: Settings) -> str:
    """The ledger that is meant: DATASET, a dataset's name or that of its synthetic rows, else the last run's."""
    name = os.environ.get("DATASET") or places.text(places.STATE / "last-dataset") or "insurance"
    name = datasets.current_name(name)
    if name not in settings.endpoints:
        raise Failure(f"DATASET={name}: {datasets.nearest(name, sorted(settings.endpoints))}", 2)
    return name


def endpoint_of(settings: Settings, name: str) -> str:
    """The endpoint that is meant: ENDPOINT, or the running stack's own."""
    return os.environ.get("ENDPOINT") or settings.endpoint_urls[name]


def _said(name: str) -> list[str]:
    who = os.environ.get("WHO")
    return [f"--name={name}", f"--why={os.environ.get('WHY') or NO_REASON}", *([f"--who={who}"] if who else [])]


def _and_prove(settings: Settings, name: str, done: jars.Result) -> int:
    if done.code:
        return done.code
    proven = jars.run(settings, "deploy", f"--release={done.uri}", f"--endpoint={endpoint_of(settings, name)}")
    if proven.code == 0:
        store = Store(settings)
        reports.of_release(store, name, store.read_json(done.uri))
    return proven.code
