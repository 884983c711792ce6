"""The page that Airflow shows beside a DAG: the dataset's question, its facts, and the runbook."""

from __future__ import annotations

from pathlib import Path

from propensity import datasets
from propensity.datasets import DatasetFile

PAGES = {
    "training": ["airflow.md", "releases.md"],
    "experiment": ["experiments.md", "airflow.md"],
    "prediction": ["prediction.md", "airflow.md"],
    "monitoring": ["monitoring.md", "airflow.md"],
    "performance": ["outcomes.md", "airflow.md"],
}
"""The pages of the documentation about a DAG."""


def documentation(dataset: DatasetFile, kind: str) -> str:
    """The page, Markdown.

    :param kind: the last word of the DAG's identifier, and the runbook's name
    """
    if dataset.error:
        return f"# {dataset.title}\n\nIts runs fail until the file is fixed:\n\n```\n{dataset.error}\n```\n"
    positive, negative = (dataset.label.get(value, "?") for value in ("positive", "negative"))
    rows = {
        "Source": f"`{_source(dataset, kind)}`",
        "Schedule": _schedule(dataset, kind),
        "Label": f"`{dataset.label.get('column', '?')}`: `{positive}` or `{negative}`",
        "Owner": dataset.owner,
        "Dataset": f"`datasets/{dataset.name}.yaml`",
        "Documentation": ", ".join(f"`docs/{page}`" for page in PAGES[kind]),
    }
    table = "\n".join(f"| {name} | {_cell(value)} |" for name, value in rows.items())
    warning = "> **Synthetic data**: its scores say nothing about real customers.\n\n" if dataset.is_synthetic else ""
    runbook = Path(__file__).with_name("docs").joinpath(f"{kind}.md").read_text(encoding="utf-8")
    return f"# {dataset.title}\n\n{warning}| | |\n| --- | --- |\n{table}\n\n# Runbook\n\n{runbook}"


def _source(dataset: DatasetFile, kind: str) -> str:
    return (kind == "prediction" and dataset.prediction_source) or dataset.source


def _schedule(dataset: DatasetFile, kind: str) -> str:
    match kind, dataset.schedule, dataset.prediction_schedule:
        case "training", str(schedule), _:
            return f"`{schedule}` (UTC)"
        case "prediction", _, datasets.ON_CHAMPION:
            return "for each new champion, and each announced file"
        case "prediction", _, str(schedule):
            return f"`{schedule}` (UTC), and for each announced file"
        case "prediction", _, _:
            return "for each announced file"
    return "none: started by hand"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
