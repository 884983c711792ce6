"""The DAGs of the datasets. A DAG file of two lines has all of them::

from propensity.dags import propensity_dags

globals().update(propensity_dags("/opt/airflow/datasets"))
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from airflow.sdk import DAG, get_parsing_context

from propensity import datasets
from propensity.dags.experiment import experiment_dag
from propensity.dags.monitoring import monitoring_dag
from propensity.dags.performance import performance_dag
from propensity.dags.prediction import prediction_dag
from propensity.dags.training import training_dag
from propensity.datasets import BrokenDataset, DatasetFile
from propensity.settings import check_options

__all__ = ["experiment_dag", "monitoring_dag", "performance_dag", "prediction_dag", "propensity_dags", "training_dag"]

FACTORIES: dict[str, Callable[[DatasetFile], DAG]] = {
    "training": training_dag,
    "experiment": experiment_dag,
    "prediction": prediction_dag,
    "monitoring": monitoring_dag,
    "performance": performance_dag,
}
"""What makes a dataset's DAGs, by the last word of their identifiers."""


def propensity_dags(folder: str | Path | None = None) -> dict[str, DAG]:
    """The DAGs of all files in a folder, by their identifiers; in a task's process, only the DAG of the task.

    The DAGs of a broken file have their tasks, too: a run that has begun goes on with the specification that it has
    read, and the first task of another run fails with the error.

    :param folder: by default the setting ``datasets``, else ``datasets`` beside Airflow's folder of DAGs
    """
    wanted = get_parsing_context().dag_id
    folder = Path(folder) if folder else datasets.folder()
    if not folder.is_dir():
        raise FileNotFoundError(
            f"the folder of datasets {folder} does not exist: pass another one, or set PROPENSITY_DATASETS"
        )
    check_options()
    files = sorted([*folder.glob("*.yaml"), *folder.glob("*.yml")])
    return {dag.dag_id: dag for file in files for dag in _dags_of(file, wanted)}


def _dags_of(file: Path, wanted: str | None) -> Iterator[DAG]:
    names = [name for name in FACTORIES if wanted in (None, f"{datasets.dag_name(file)}_{name}")]
    if not names:
        return
    try:
        dataset = datasets.read(file)
    except BrokenDataset as error:
        dataset = datasets.broken(file, error)
    for name in names:
        if name != "performance" or dataset.horizon_days is not None:
            yield FACTORIES[name](dataset)
