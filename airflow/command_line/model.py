"""propensity model …: the champion's files on this machine."""

from __future__ import annotations

import typer

from command_line import options

app = typer.Typer(help="The champion's files on this machine.", no_args_is_help=True)


@app.command(epilog=options.examples("./propensity model stage --dataset insurance"))
def stage(dataset: options.ReleasedName = None) -> int:
    """Download the champion's files to models/staged/."""
    from stack import fetching

    return fetching.stagemodel(dataset)


@app.command(epilog=options.examples("./propensity model check --dataset insurance"))
def check(dataset: options.ReleasedName = None) -> int:
    """Compare models/staged/ with the release ledger."""
    from stack import fetching

    return fetching.checkmodelhash(dataset)
