"""All commands. Each checks its options, sees to what it needs, and calls the function that does the work."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from command_line import cloud, data, development, local_stack, make, model, needs, options
from stack import option_values
from stack.configuration.requested import Requested
from stack.releases.champion_change import ChampionChange

TRAIN = "Train and predict"
RELEASE = "Release"
WATCH = "Watch"

app = typer.Typer(
    name="propensity",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    help="Train, release and serve propensity models, on this machine and on AWS.",
    epilog=options.examples(
        "./propensity run --data synthetic:50000",
        "./propensity predict --data new-customers.csv",
        "./propensity stack status",
    ),
)
app.add_typer(local_stack.app, name="stack", rich_help_panel="Where it runs")
app.add_typer(cloud.app, name="cloud", rich_help_panel="Where it runs")
app.add_typer(data.app, name="data", rich_help_panel="More")
app.add_typer(model.app, name="model", rich_help_panel="More")
app.add_typer(development.app, name="dev", rich_help_panel="More")


def run(arguments: list[str], *, of_make: bool = False) -> int:
    """Runs a command; its exit code.

    Args:
        of_make: whether the arguments hold variables of make, such as ``DATA=rows.csv``
    """
    command = typer.main.get_command(app)
    words = make.options(command, arguments) if of_make else arguments
    if not words or "--help" in words:
        _hide_types_of_flags(command)
    try:
        return command.main(words, prog_name="propensity", standalone_mode=False) or 0
    except typer.Abort:
        return 130
    except Exception as error:
        if not hasattr(error, "format_message"):
            raise
        # A wrong option or command, in Typer's words.
        from typer import rich_utils

        rich_utils.rich_format_error(error)
        return error.exit_code


def _hide_types_of_flags(command: Any) -> None:
    """Leaves out the type of options without a value, which Typer's help shows as ``<bool>``."""
    for option in (*command.params, command.get_help_option(typer.Context(command))):
        if getattr(option, "is_flag", False):
            option.metavar = ""
    for each in getattr(command, "commands", {}).values():
        _hide_types_of_flags(each)


@app.callback(invoke_without_command=False)
def main(
    version: Annotated[
        bool,
        typer.Option("--version", help="Print the version.", is_eager=True, callback=lambda value: _version(value)),
    ] = False,
) -> None:
    """Train, release and serve propensity models, on this machine and on AWS."""


def _version(wanted: bool) -> None:
    if wanted:
        from stack.version import version

        print(f"propensity {version()}")
        raise typer.Exit


@app.command(
    rich_help_panel=TRAIN,
    epilog=options.examples(
        "./propensity init --data customers.csv",
        "./propensity init --data customers.csv --label bought --name shop --compare",
    ),
)
def init(
    data: options.DataToDraft = None,
    label: Annotated[
        str | None,
        options.option("--label", "COLUMN", "The column to predict; default: the only likely column with two values."),
    ] = None,
    name: Annotated[
        str | None, options.option("--name", "NAME", "The dataset's name; default: from the file's name.")
    ] = None,
    compare: Annotated[
        bool,
        typer.Option("--compare", help="Compare the learners on a sample of the rows, and draft the best one."),
    ] = False,
) -> int:
    """Draft a dataset's file from a table, to be checked before the first run."""
    needs.prerequisites()
    needs.environments("airflow")
    needs.jars()
    from stack import drafting

    return drafting.draft(data, label, name, compare=compare)


@app.command(
    "run",
    rich_help_panel=TRAIN,
    epilog=options.examples(
        "./propensity run",
        "./propensity run --data customers.csv --dataset insurance --learner lightgbm",
        "./propensity run --parameters '{\"eta\": 0.05}' --release challenger",
    ),
)
@options.starts_stack
def run_training(
    requested: Requested,
    data: options.Data = None,
    dataset: options.DatasetName = option_values.DEFAULT_DATASET,
    learner: options.Learner = None,
    parameters: options.Parameters = None,
    release: options.Release = "auto",
    force: Annotated[
        list | None,
        options.option(
            "--force",
            "TASKS",
            "Recompute all, or some of " + ", ".join(option_values.COMPUTATIONS) + ".",
            lambda text: option_values.forced(text, option_values.COMPUTATIONS),
        ),
    ] = None,
) -> int:
    """Train a model, and release it if it passes the evaluation."""
    needs.stack()
    from stack import commands
    from stack.runs import training

    request = training.TrainingRequest(dataset, data, learner, parameters or {}, release, force or [])
    return commands.run(request, requested)


@app.command(
    rich_help_panel=TRAIN,
    epilog=options.examples(
        "./propensity experiment --learners 'xgboost lightgbm logistic' --folds 3",
        "./propensity experiment --learners xgboost --parameters '{\"eta\": [0.03, 0.1]}'",
        './propensity experiment --trials 20 --search \'{"xgboost": {"eta": [0.01, 0.3]}}\'',
    ),
)
@options.starts_stack
def experiment(
    requested: Requested,
    data: options.Data = None,
    dataset: options.DatasetName = option_values.DEFAULT_DATASET,
    learners: options.Learners = None,
    folds: options.Folds = None,
    parameters: Annotated[
        dict | None,
        options.option(
            "--parameters",
            "JSON",
            "Values to compare: each value of a list is a candidate.",
            lambda text: option_values.json_object("PARAMETERS", text),
        ),
    ] = None,
    trials: Annotated[
        int | None,
        options.option(
            "--trials",
            "NUMBER",
            "Candidates of random search, up to 200.",
            lambda text: option_values.number("TRIALS", text, 0, 200),
        ),
    ] = None,
    search: Annotated[
        dict | None,
        options.option(
            "--search", "JSON", "Ranges of the random search.", lambda text: option_values.json_object("SEARCH", text)
        ),
    ] = None,
    seed: Annotated[
        int | None,
        options.option(
            "--seed",
            "NUMBER",
            "Random seed of the trials; default: the seed of the split.",
            lambda text: option_values.number("SEED", text, 0, 2**31 - 1),
        ),
    ] = None,
    rank: options.Rank = "auc",
    candidate: Annotated[
        str | None, options.option("--candidate", "NAME", "Train the final model of this candidate; default: the best.")
    ] = None,
    release: options.Release = "auto",
    force: Annotated[
        list | None,
        options.option(
            "--force",
            "TASKS",
            "Recompute all, or some of " + ", ".join(option_values.OF_EXPERIMENT) + ".",
            lambda text: option_values.forced(text, option_values.OF_EXPERIMENT),
        ),
    ] = None,
    predict: Annotated[bool, typer.Option("--predict", help="Then score new rows with the final model.")] = False,
    test: options.Test = None,
) -> int:
    """Compare learners and parameters by cross-validation, then train the best one."""
    needs.stack()
    from stack import commands
    from stack.runs import experiments

    request = experiments.ExperimentRequest(
        dataset,
        data,
        learners or [],
        folds or 5,
        parameters or {},
        trials or 0,
        search or {},
        seed,
        rank,
        candidate,
        release,
        force or [],
    )
    if predict:
        return commands.experiment_and_predict(request, test, requested)
    return commands.experiment(request, requested)


@app.command(
    rich_help_panel=TRAIN,
    epilog=options.examples(
        "./propensity predict --data new-customers.csv",
        "./propensity predict --data s3://bucket/customers.csv --version 3",
        "./propensity predict --last-experiment",
    ),
)
@options.starts_stack
def predict(
    requested: Requested,
    data: options.DataToPredict = None,
    dataset: options.DatasetName = option_values.DEFAULT_DATASET,
    version: Annotated[
        int | None,
        options.option("--version", "NUMBER", "A model version; default: the champion.", option_values.version),
    ] = None,
    last_experiment: Annotated[
        bool, typer.Option("--last-experiment", help="Predict with the mean of the fold models of the last experiment.")
    ] = False,
    candidate: Annotated[
        str | None,
        options.option("--candidate", "NAME", "With --last-experiment: a candidate or learner; default: the best."),
    ] = None,
) -> int:
    """Score the rows of a file, and write the scores to models/."""
    if last_experiment:
        from stack.runs import folding

        return folding.predictcv(dataset, data, candidate)
    needs.stack()
    from stack.runs import predicting

    return predicting.predict(dataset, data, {"model_version": version}, requested)


@app.command(
    rich_help_panel=TRAIN,
    epilog=options.examples(
        "./propensity invoke --data customers.csv",
        "./propensity invoke --data customers.csv --endpoint sagemaker:propensity-dev-insurance",
    ),
)
def invoke(
    data: options.DataToInvoke = None,
    dataset: options.ReleasedName = None,
    endpoint: options.Endpoint = None,
) -> int:
    """Score the rows of a CSV file with an endpoint, and write the scores to models/."""
    needs.stack()
    from stack import invoke

    return invoke.invoke(data, endpoint, dataset)


@app.command(
    rich_help_panel=TRAIN,
    epilog=options.examples("./propensity defaults --learner lightgbm --parameters '{\"num_leaves\": 63}'"),
)
def defaults(
    dataset: options.DatasetName = option_values.DEFAULT_DATASET,
    learner: options.RequiredLearner = None,
    parameters: options.Parameters = None,
) -> None:
    """Write a learner and its parameters into a dataset's file."""
    from stack import commands
    from stack.runs import training

    commands.defaults(training.TrainingRequest(dataset, learner=learner, parameters=parameters or {}))


@app.command(
    rich_help_panel=RELEASE,
    epilog=options.examples(
        "./propensity promote --version 3 --why 'better in May'",
        "./propensity promote --version 3 --stage dev",
    ),
)
def promote(
    version: Annotated[
        int | None,
        options.option(
            "--version", "NUMBER", "Required. The model version; history lists them.", option_values.version
        ),
    ] = None,
    dataset: options.ReleasedName = None,
    why: options.Why = None,
    who: options.Who = None,
    endpoint: options.Endpoint = None,
    stage: options.Stage = None,
    account: options.Account = None,
    region: options.Region = None,
) -> int:
    """Make a version the champion, and verify that the endpoint serves it."""
    change = ChampionChange(dataset, version, why, who)
    if stage:
        return cloud.change_champion("promote", cloud.target(stage, account, region), change)
    from stack.releases import releasing

    return releasing.promote(change, endpoint)


@app.command(rich_help_panel=RELEASE, epilog=options.examples("./propensity rollback --why complaints"))
def rollback(
    version: Annotated[
        int | None,
        options.option("--version", "NUMBER", "Only if this version is the champion.", option_values.version),
    ] = None,
    dataset: options.ReleasedName = None,
    why: options.Why = None,
    who: options.Who = None,
    endpoint: options.Endpoint = None,
    stage: options.Stage = None,
    account: options.Account = None,
    region: options.Region = None,
) -> int:
    """Return to the previous champion, and verify that the endpoint serves it."""
    change = ChampionChange(dataset, version, why, who)
    if stage:
        return cloud.change_champion("rollback", cloud.target(stage, account, region), change)
    from stack.releases import releasing

    return releasing.rollback(change, endpoint)


@app.command(
    rich_help_panel=RELEASE, epilog=options.examples("./propensity history", "./propensity history --json | jq '.[-1]'")
)
def history(
    dataset: options.ReleasedName = None,
    json: options.Json = False,
    stage: options.Stage = None,
    account: options.Account = None,
    region: options.Region = None,
) -> int:
    """Show who released what, when and why."""
    if stage:
        return cloud.history(cloud.target(stage, account, region), dataset, as_json=json)
    from stack.releases import releasing

    return releasing.history(dataset, as_json=json)


@app.command(
    rich_help_panel=WATCH,
    epilog=options.examples("./propensity monitor", "./propensity monitor --window 2026-11-29 --json | jq .verdict"),
)
def monitor(
    dataset: options.ReleasedName = None,
    window: Annotated[
        str,
        options.option(
            "--window",
            "WINDOW",
            "A day (2026-11-29), an hour (2026-11-29T13) or a week (2026-W48) in UTC; default: current, the rows since "
            "the last one.",
        ),
    ] = "current",
    json: options.Json = False,
) -> int:
    """Compare the captured rows of a window with the training data."""
    from stack.runs import monitoring

    return monitoring.monitor(dataset, window, as_json=json)


@app.command(rich_help_panel=WATCH, epilog=options.examples("./propensity accept --why 'new campaign'"))
def accept(
    dataset: options.ReleasedName = None,
    why: options.Why = None,
    who: options.Who = None,
) -> int:
    """Take the last windows as the new reference of monitoring."""
    from stack.runs import monitoring

    return monitoring.accept(dataset, why, who)


@app.command(
    rich_help_panel=WATCH,
    epilog=options.examples(
        "./propensity outcomes --data answers.csv", "./propensity outcomes --data /dev/stdin < answers.csv"
    ),
)
def outcomes(
    data: options.DataOfOutcomes = None,
    dataset: options.ReleasedName = None,
) -> int:
    """Store what scored customers did, by which the live model is measured."""
    from stack.runs import monitoring

    return monitoring.outcomes(dataset, data)


@app.command(
    rich_help_panel=WATCH,
    epilog=options.examples(
        "./propensity performance --window 2026-10-29",
        "./propensity performance --window 2026-W44 --json | jq .verdict",
    ),
)
def performance(
    dataset: options.ReleasedName = None,
    window: Annotated[
        str | None,
        options.option(
            "--window",
            "WINDOW",
            "A day (2026-10-29), an hour (2026-10-29T13) or a week (2026-W44) of scores in UTC; default: the last one "
            "whose outcomes are complete.",
        ),
    ] = None,
    json: options.Json = False,
) -> int:
    """Measure the model by the outcomes of the customers that it scored in a window."""
    from stack.runs import monitoring

    return monitoring.performance(dataset, window, as_json=json)


@app.command(rich_help_panel=WATCH, epilog=options.examples("./propensity forget < identifiers.txt"))
def forget(dataset: options.ReleasedName = None) -> int:
    """Remove the captured rows and outcomes of the identifiers on standard input."""
    from stack.runs import monitoring

    return monitoring.forget(dataset)


@app.command(
    rich_help_panel=RELEASE,
    epilog=options.examples(
        "./propensity verify", "./propensity verify --uri s3://propensity/store/insurance/train/0123456789abcdef"
    ),
)
def verify(
    dataset: options.ReleasedName = None,
    version: options.Version = None,
    uri: Annotated[str | None, options.option("--uri", "URI", "An artifact; default: the champion's.")] = None,
) -> int:
    """Compare every file of the champion with its digest, back to the raw rows."""
    from stack.releases import releasing

    return releasing.verify(dataset, version, uri)
