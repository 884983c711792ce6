"""propensity stack …: Airflow, MLflow, an S3 server and the endpoints on this machine."""

from __future__ import annotations

import os
from functools import partial
from typing import Annotated

import typer

from command_line import needs, options
from stack import option_values, paths
from stack.configuration.requested import Requested

app = typer.Typer(
    help="The local stack: Airflow, MLflow, an S3 server and the endpoints on this machine.", no_args_is_help=True
)


@app.command(
    epilog=options.examples(
        "./propensity stack start", "./propensity stack start --airflow-port 18080 --runner process"
    )
)
@options.starts_stack
def start(requested: Requested) -> None:
    """Start the local stack."""
    needs.stack()
    from stack import commands

    commands.start(requested)


@app.command(epilog=options.examples("./propensity stack stop"))
def stop() -> None:
    """Stop the local stack."""
    from stack import commands

    commands.stop()


@app.command(epilog=options.examples("./propensity stack status", "./propensity stack status --json | jq .healthy"))
def status(json: options.Json = False) -> int:
    """Show the states of the programs, the live models and the last run."""
    from command_line import status

    return status.show(as_json=json)


@app.command(
    epilog=options.examples("./propensity stack logs", "./propensity stack logs airflow-scheduler --lines 200")
)
def logs(
    program: Annotated[
        str | None,
        typer.Argument(
            help="A program, as stack status shows it; without one, their logs are listed.",
            autocompletion=lambda incomplete: [each for each in _logs() if each.startswith(incomplete)],
        ),
    ] = None,
    lines: Annotated[
        int | None,
        options.option("--lines", "NUMBER", "Lines to show; default: 50.", partial(option_values.number, "LINES")),
    ] = None,
    follow: Annotated[bool, typer.Option("--follow", help="Follow the log.")] = False,
) -> int:
    """Show the log of one of the stack's programs."""
    from stack.datasets import nearest
    from stack.failure import Failure

    names = _logs()
    if program is None:
        for name in names:
            print(paths.LOGS / f"{name}.log")
        return 0
    if program not in names:
        raise Failure(f"{program}: {nearest(program, names)}" if names else "there are no logs yet: make start", 2)
    words = ["-n", str(50 if lines is None else lines), *(["-F"] if follow else [])]
    return needs.run("tail", *words, str(paths.LOGS / f"{program}.log"))


def _logs() -> list[str]:
    return sorted(file.stem for file in paths.LOGS.glob("*.log"))


@app.command(
    epilog=options.examples(
        'eval "$(./propensity stack env)"', "./propensity stack env --json | jq -r .MLFLOW_TRACKING_URI"
    )
)
def env(json: options.Json = False) -> None:
    """Print the running stack's settings, for a shell."""
    from stack import commands

    commands.env(as_json=json)


@app.command(
    epilog=options.examples("./propensity stack end-run --run insurance_training/manual__2026-11-29T12-00-00-ab12")
)
def end_run(
    run: Annotated[str | None, options.option("--run", "DAG/RUN", "Required. The run, as run prints it.")] = None,
) -> None:
    """Mark a run as failed, such as one that another run waits for."""
    from stack.runs import training

    training.end_run(*option_values.run_name(run))


@app.command(epilog=options.examples("./propensity stack mlflow", "./propensity stack mlflow --start"))
@options.starts_stack
def mlflow(
    requested: Requested,
    start: Annotated[bool, typer.Option("--start", help="Start the stack first, and only print the address.")] = False,
) -> None:
    """Print MLflow's address, and open it in the browser."""
    if start:
        needs.stack()
    from stack import pages

    if start:
        pages.start_mlflow(requested)
    else:
        pages.mlflow()


@app.command(epilog=options.examples("./propensity stack endpoint", "./propensity stack endpoint --page"))
@options.starts_stack
def endpoint(
    requested: Requested,
    dataset: options.ReleasedName = None,
    page: Annotated[bool, typer.Option("--page", help="Open the endpoint's page in the browser.")] = False,
) -> None:
    """Start the stack, and print an endpoint's address and live version."""
    needs.stack()
    from stack import pages

    pages.endpoint(dataset, requested, page=page)


@app.command(epilog=options.examples("./propensity stack prune", "./propensity stack prune --days 7 --yes"))
def prune(
    days: Annotated[
        int | None,
        options.option("--days", "NUMBER", "Minimum age in days; default: 30.", partial(option_values.number, "DAYS")),
    ] = None,
    keep: Annotated[
        int | None,
        options.option(
            "--keep",
            "NUMBER",
            "Ledger entries whose models are kept; default: 10.",
            partial(option_values.number, "KEEP"),
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Delete them; without it they are only listed.")] = False,
) -> int:
    """List old runs, logs and artifacts, or delete them."""
    from stack import commands

    return commands.prune(days, keep, confirmed=yes)


@app.command(epilog=options.examples("./propensity stack purge --yes"))
def purge(yes: options.Yes = False) -> None:
    """Stop the stack and delete all its state: runs, models, keys, Python environments."""
    purge = needs.purge(yes=yes)
    os.execv(purge[0], purge)


@app.command("remove-image", hidden=True)
def remove_image() -> None:
    """Stop the stack and remove its task image; for airflow/purge."""
    from stack import commands

    commands.purge()
