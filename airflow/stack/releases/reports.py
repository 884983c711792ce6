"""The reports as files of this machine, for a browser: ``model.html`` and ``data.html`` are the champion's."""

from __future__ import annotations

from pathlib import Path

from stack import paths
from stack.airflow_api import Json
from stack.store import Store


def of_release(store: Store, name: str, entry: Json) -> dict[str, Path]:
    """Fetches the reports of the ledger entry's champion: of its evaluation and of the features it was trained on.

    Without a champion there are none afterwards.
    """
    evaluation = (entry.get("champion") or {}).get("evaluation", "").rstrip("/")
    inputs = store.read_json(f"{evaluation}/manifest.json").get("inputs", {}) if evaluation else {}
    features = inputs.get("features", {}).get("uri", "").rstrip("/")
    artifacts = {"model": evaluation, "data": features}
    found = {kind: fetch(store, name, kind, artifact) for kind, artifact in artifacts.items()}
    return {kind: file for kind, file in found.items() if file}


def of_run(store: Store, name: str, entry: Json, model: str, evaluation: str, features: str) -> list[tuple[str, Path]]:
    """Fetches the reports of the champion and, where the run's model is another one, those of the run, with titles."""
    champion = of_release(store, name, entry)
    if (entry.get("champion") or {}).get("model", "").rstrip("/") == model.rstrip("/"):
        fetch(store, name, "challenger-model", "")
        fetch(store, name, "challenger-data", "")
        return [(f"{kind} report", champion[kind]) for kind in ("data", "model") if kind in champion]
    own = {
        "data report": fetch(store, name, "challenger-data", features),
        "model report": fetch(store, name, "challenger-model", evaluation),
        "champion's report": champion.get("model"),
    }
    return [(title, file) for title, file in own.items() if file]


def fetch(store: Store, name: str, kind: str, artifact: str) -> Path | None:
    """Fetches an artifact's report; removes an earlier file where there is none."""
    file = paths.STATE / "reports" / name / f"{kind}.html"
    content = store.read(f"{artifact}/report.html") if artifact else None
    if content is None:
        file.unlink(missing_ok=True)
        return None
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return file
