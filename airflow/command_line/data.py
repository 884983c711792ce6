"""propensity data …: rows and folds as files on this machine."""

from __future__ import annotations

import typer

from command_line import needs, options
from stack import option_values

app = typer.Typer(help="Rows and folds as files on this machine.", no_args_is_help=True)


@app.command(epilog=options.examples("./propensity data fetch --data s3://bucket/customers.csv"))
def fetch(
    data: options.Data = None,
    dataset: options.DatasetName = option_values.DEFAULT_DATASET,
    runner: options.Runner = None,
    backup: options.Backup = None,
    capture: options.Capture = None,
    airflow_port: options.AirflowPort = None,
    mlflow_port: options.MlflowPort = None,
    s3_port: options.S3Port = None,
    endpoint_port: options.EndpointPort = None,
) -> int:
    """Download a dataset's rows to data/raw/."""
    stack = options.of_stack(runner, backup, capture, airflow_port, mlflow_port, s3_port, endpoint_port)
    needs.stack()
    from stack import fetching

    return fetching.datafetch(dataset, data, stack)


@app.command(epilog=options.examples("./propensity data folds --folds 5"))
def folds(
    data: options.Data = None,
    dataset: options.DatasetName = option_values.DEFAULT_DATASET,
    folds: options.Folds = None,
    runner: options.Runner = None,
    backup: options.Backup = None,
    capture: options.Capture = None,
    airflow_port: options.AirflowPort = None,
    mlflow_port: options.MlflowPort = None,
    s3_port: options.S3Port = None,
    endpoint_port: options.EndpointPort = None,
) -> int:
    """Write the rows of each fold to data/folds/."""
    stack = options.of_stack(runner, backup, capture, airflow_port, mlflow_port, s3_port, endpoint_port)
    needs.stack()
    from stack.runs import folding

    return folding.kfolds(dataset, data, folds or 5, stack)
