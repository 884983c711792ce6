"""propensity data …: rows and folds as files on this machine."""

from __future__ import annotations

import typer

from command_line import needs, options
from stack import option_values
from stack.configuration.requested import Requested

app = typer.Typer(help="Rows and folds as files on this machine.", no_args_is_help=True)


@app.command(epilog=options.examples("./propensity data fetch --data s3://bucket/customers.csv"))
@options.starts_stack
def fetch(
    requested: Requested,
    data: options.Data = None,
    dataset: options.DatasetName = option_values.DEFAULT_DATASET,
) -> int:
    """Download a dataset's rows to data/raw/."""
    needs.stack()
    from stack import fetching

    return fetching.datafetch(dataset, data, requested)


@app.command(epilog=options.examples("./propensity data folds --folds 5"))
@options.starts_stack
def folds(
    requested: Requested,
    data: options.Data = None,
    dataset: options.DatasetName = option_values.DEFAULT_DATASET,
    folds: options.Folds = None,
) -> int:
    """Write the rows of each fold to data/folds/."""
    needs.stack()
    from stack.runs import folding

    return folding.kfolds(dataset, data, folds or 5, requested)
