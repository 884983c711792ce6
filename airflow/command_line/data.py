"""propensity data …: rows at hand."""

from __future__ import annotations

import typer

from command_line import needs
from command_line import options as o
from stack import options

app = typer.Typer(help="Rows and folds as files on this machine.", no_args_is_help=True)


@app.command(epilog=o.examples("./propensity data fetch --data s3://bucket/customers.csv"))
def fetch(
    data: o.Data = None,
    dataset: o.DatasetName = options.DEFAULT_DATASET,
    runner: o.Runner = None,
    backup: o.Backup = None,
    airflow_port: o.AirflowPort = None,
    mlflow_port: o.MlflowPort = None,
    s3_port: o.S3Port = None,
    endpoint_port: o.EndpointPort = None,
) -> int:
    """Download a dataset's rows to data/raw/."""
    stack = o.of_stack(runner, backup, airflow_port, mlflow_port, s3_port, endpoint_port)
    needs.stack()
    from stack import fetching

    return fetching.datafetch(dataset, data, stack)


@app.command(epilog=o.examples("./propensity data folds --folds 5"))
def folds(
    data: o.Data = None,
    dataset: o.DatasetName = options.DEFAULT_DATASET,
    folds: o.Folds = None,
    runner: o.Runner = None,
    backup: o.Backup = None,
    airflow_port: o.AirflowPort = None,
    mlflow_port: o.MlflowPort = None,
    s3_port: o.S3Port = None,
    endpoint_port: o.EndpointPort = None,
) -> int:
    """Write the rows of each fold to data/folds/."""
    stack = o.of_stack(runner, backup, airflow_port, mlflow_port, s3_port, endpoint_port)
    needs.stack()
    from stack.runs import folding

    return folding.kfolds(dataset, data, folds or 5, stack)
