"""The options that commands share: names, help and how their values are read, which ``stack.option_values`` checks."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from functools import partial
from typing import Annotated, Any

import typer

from propensity.learners import LEARNERS, RANKING_METRICS
from stack import option_values
from stack.configuration.requested import Requested
from stack.datasets import SYNTHETIC, dataset_names

SPECIFICATION = "default: from the dataset's file"
STACK = "Local stack"
"""The panel of options of the local stack in a command's help."""

STAGE_ON_AWS = "Stage on AWS"


def option(
    name: str,
    metavar: str,
    text: str,
    parser: Callable[[str], Any] | None = None,
    values: Callable[[], list[str]] | None = None,
    panel: str | None = None,
) -> Any:
    """One option with a value.

    Args:
        parser: reads and checks the value, and raises a ``Failure`` for a wrong one
        values: the values that a shell completes
        panel: the panel of the help that shows it
    """
    return typer.Option(
        name,
        metavar=metavar,
        help=text,
        parser=parser or str,
        autocompletion=_completion(values) if values else None,
        rich_help_panel=panel,
        show_default=False,
    )


def _completion(values: Callable[[], list[str]]) -> Callable[[str], list[str]]:
    return lambda incomplete: [value for value in values() if value.startswith(incomplete)]


def _words(*values: str) -> Callable[[], list[str]]:
    return lambda: list(values)


def _released() -> list[str]:
    return [name for dataset in dataset_names() for name in (dataset, dataset + SYNTHETIC)]


def _port(variable: str, default: int, what: str) -> Any:
    name = "--" + variable.lower().replace("_", "-")
    return option(
        name,
        "PORT",
        f"{what}; default: that of the last start, at first {default}.",
        partial(option_values.port, variable),
        panel=STACK,
    )


def _path(variable: str) -> Callable[[str], str | None]:
    return partial(option_values.rows, variable)


DatasetName = Annotated[
    str,
    option("--dataset", "NAME", "A file of datasets/; default: insurance.", option_values.dataset, dataset_names),
]
ReleasedName = Annotated[
    str | None,
    option(
        "--dataset",
        "NAME",
        "The dataset, or NAME-synthetic for a model of synthetic rows; default: that of the last run.",
        values=_released,
    ),
]


def _data(text: str) -> Any:
    return option("--data", "ROWS", text, _path("DATA"))


Data = Annotated[
    str | None,
    _data(
        "A CSV or Parquet file: a path, https://…, s3://…, kaggle:… or synthetic:50000 (synthetic rows); default: the"
        " source of the last run."
    ),
]
DataToDraft = Annotated[
    str | None, _data("Required. A CSV or Parquet file of rows with a label, or a folder of Parquet files.")
]
DataToPredict = Annotated[
    str | None,
    _data("A CSV or Parquet file: a path, https://… or s3://…; default: the dataset's source of rows to predict."),
]
DataToInvoke = Annotated[str | None, _data("Required. A CSV or Parquet file: a path, https://… or s3://…")]
DataOfOutcomes = Annotated[
    str | None,
    _data("Required. A CSV or Parquet file with the columns of the identifier and the label: a path or s3://…"),
]
DataOfNotebooks = Annotated[str | None, _data("A file of rows; default: synthetic rows.")]
Test = Annotated[str | None, option("--test", "ROWS", "Rows to score with --predict, as for --data.", _path("TEST"))]
Learner = Annotated[
    str | None,
    option(
        "--learner", "NAME", f"One of {', '.join(LEARNERS)}; {SPECIFICATION}.", option_values.learner, _words(*LEARNERS)
    ),
]
RequiredLearner = Annotated[
    str | None,
    option("--learner", "NAME", f"Required. One of {', '.join(LEARNERS)}.", option_values.learner, _words(*LEARNERS)),
]
Learners = Annotated[
    list | None,
    typer.Option(
        "--learners",
        metavar="NAMES",
        help=f"Some of {', '.join(LEARNERS)}, in quotes; default: from the dataset's file.",
        parser=partial(option_values.learners, "LEARNERS"),
        autocompletion=_completion(_words(*LEARNERS)),
        show_default=False,
    ),
]
Parameters = Annotated[
    dict | None,
    option(
        "--parameters",
        "JSON",
        """The learner's parameters, as '{"eta": 0.05}'.""",
        partial(option_values.json_object, "PARAMETERS"),
    ),
]
Release = Annotated[
    str,
    option(
        "--release",
        "|".join(option_values.RELEASES),
        "auto: release the model if it passes the evaluation; release: release it regardless; "
        "challenger: only record it. Default: auto.",
        option_values.release,
        _words(*option_values.RELEASES),
    ),
]
Rank = Annotated[
    str,
    option(
        "--rank",
        "|".join(RANKING_METRICS),
        "The metric that decides which candidate is the best: the mean AUC over the folds, the log loss, or the "
        "profit by the dataset's offer. Default: auc.",
        option_values.rank,
        _words(*RANKING_METRICS),
    ),
]
Candidate = Annotated[str | None, option("--candidate", "NAME", "A candidate or learner of the experiment.")]
Folds = Annotated[
    int | None,
    option(
        "--folds",
        "NUMBER",
        "Number of folds, 2 to 20; default: 5.",
        lambda text: option_values.number("FOLDS", text, 2, 20),
    ),
]
Version = Annotated[
    int | None, option("--version", "NUMBER", "A model version; history lists them.", option_values.version)
]
Endpoint = Annotated[
    str | None,
    option("--endpoint", "URL", "http://host:port or sagemaker:name; default: the running stack's."),
]
Why = Annotated[str | None, option("--why", "TEXT", "The reason, for the release ledger.")]
Who = Annotated[str | None, option("--who", "NAME", "Who decided it, for the release ledger; default: you.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not prompt for confirmation.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]

Runner = Annotated[
    str | None,
    option(
        "--runner",
        "docker|process",
        "Where tasks run; default: docker if a Docker Engine responds.",
        option_values.runner,
        _words(*option_values.RUNNERS),
        STACK,
    ),
]
Backup = Annotated[
    bool | None,
    typer.Option(
        "--backup/--no-backup",
        help="Start a second server of each endpoint; default: as at the last start.",
        rich_help_panel=STACK,
        show_default=False,
    ),
]
Capture = Annotated[
    bool | None,
    typer.Option(
        "--capture/--no-capture",
        help="Capture the rows that the endpoints score, for monitoring, also those of datasets without a section "
        "capture; default: as at the last start.",
        rich_help_panel=STACK,
        show_default=False,
    ),
]
Monitoring = Annotated[
    bool | None,
    typer.Option(
        "--monitoring/--no-monitoring",
        help="Start Prometheus, Alertmanager and the blackbox exporter, which watch the endpoints; default: as at the "
        "last start.",
        rich_help_panel=STACK,
        show_default=False,
    ),
]
AirflowPort = Annotated[int | None, _port("AIRFLOW_PORT", 8080, "Airflow's port")]
MlflowPort = Annotated[int | None, _port("MLFLOW_PORT", 5000, "MLflow's port")]
S3Port = Annotated[int | None, _port("S3_PORT", 9000, "The port of the S3 server")]
EndpointPort = Annotated[int | None, _port("ENDPOINT_PORT", 8081, "The first endpoint's port")]
PrometheusPort = Annotated[int | None, _port("PROMETHEUS_PORT", 9090, "Prometheus' port")]
AlertmanagerPort = Annotated[int | None, _port("ALERTMANAGER_PORT", 9093, "Alertmanager's port")]
BlackboxPort = Annotated[int | None, _port("BLACKBOX_PORT", 9115, "The port of the blackbox exporter")]


def _stage(text: str) -> Any:
    return option("--stage", "dev|uat|prod", text, values=_words("dev", "uat", "prod"), panel=STAGE_ON_AWS)


Stage = Annotated[str | None, _stage("The stage on AWS.")]
StageToCreate = Annotated[str | None, _stage("The stage on AWS; default: dev.")]
StageToRehearse = Annotated[str | None, _stage("The stage; default: uat.")]
RequiredStage = Annotated[str | None, _stage("Required. The stage on AWS.")]
Account = Annotated[
    str | None,
    option("--account", "NUMBER", "The account; default: from the stage's file.", panel=STAGE_ON_AWS),
]
Region = Annotated[
    str | None,
    option("--region", "NAME", "The region; default: from the stage's file.", panel=STAGE_ON_AWS),
]
Ledger = Annotated[
    str | None, option("--dataset", "NAME", "The release ledger; default: all, or the only one.", values=_released)
]
Image = Annotated[str | None, option("--image", "NAME", "The task image; default: propensity.")]
ImageVersion = Annotated[
    str | None, option("--version", "TAG", "The image's tag in the registry; default: the commit.")
]


OF_STACK = {
    "runner": Runner,
    "backup": Backup,
    "capture": Capture,
    "monitoring": Monitoring,
    "airflow_port": AirflowPort,
    "mlflow_port": MlflowPort,
    "s3_port": S3Port,
    "endpoint_port": EndpointPort,
    "prometheus_port": PrometheusPort,
    "alertmanager_port": AlertmanagerPort,
    "blackbox_port": BlackboxPort,
}
"""The options of commands that start the local stack, by parameter."""


def starts_stack(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the options of the local stack to a command, which gets what they request as its argument ``requested``."""

    @functools.wraps(command)
    def with_options(**values: Any) -> Any:
        own = {name: value for name, value in values.items() if name not in OF_STACK}
        return command(**own, requested=_requested({name: values.get(name) for name in OF_STACK}))

    signature = inspect.signature(command, eval_str=True)
    parameters = [parameter for name, parameter in signature.parameters.items() if name != "requested"]
    keyword = inspect.Parameter.POSITIONAL_OR_KEYWORD
    parameters += [inspect.Parameter(name, keyword, default=None, annotation=each) for name, each in OF_STACK.items()]
    # Typer reads both.
    with_options.__signature__ = signature.replace(parameters=parameters)
    with_options.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return with_options


def _requested(values: dict[str, Any]) -> Requested:
    ports = {name: values[name.lower()] for name in option_values.PORTS if values[name.lower()] is not None}
    return Requested(values["runner"], ports, values["backup"], values["capture"], values["monitoring"])


def examples(*lines: str) -> str:
    """The examples below a command's help."""
    return "\n\n".join(["[bold]Examples[/bold]", *(line.replace("[", "\\[") for line in lines)])
