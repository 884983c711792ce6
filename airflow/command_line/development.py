"""propensity dev …: builds, tests, checks."""

from __future__ import annotations

import os
import shlex
import shutil
from functools import partial
from typing import Annotated

import typer

from command_line import needs, options
from stack import option_values, paths

app = typer.Typer(help="Build, test and check the project itself.", no_args_is_help=True)

BUILD = "Build"
TEST = "Test"
CODE = "Code"


@app.command(rich_help_panel=BUILD, epilog=options.examples("./propensity dev build"))
def build() -> None:
    """Build the jars, if a source file is newer."""
    needs.jars()


@app.command(
    rich_help_panel=BUILD,
    epilog=options.examples("./propensity dev image", "./propensity dev image --base-image eclipse-temurin:17-jre"),
)
def image(
    image: options.Image = None,
    base_image: Annotated[
        str | None, options.option("--base-image", "NAME", "The base image; default: as in the Dockerfile.")
    ] = None,
) -> int:
    """Build the task image."""
    needs.jars()
    environment = {"BASE_IMAGE": base_image} if base_image else {}
    return needs.run("airflow/image/build", image or "propensity", environment=environment)


@app.command(rich_help_panel=BUILD, epilog=options.examples("./propensity dev package"))
def package() -> int:
    """Build the wheel of the provider package for Airflow, in build/packages."""
    needs.environments("airflow")
    return needs.run("airflow/package", str(paths.ENVIRONMENTS / "airflow" / "bin" / "python"))


@app.command(rich_help_panel=BUILD, epilog=options.examples("./propensity dev image-save"))
def image_save(image: options.Image = None) -> int:
    """Write the task image to build/image.tar."""
    return needs.run("docker", "save", "--output", "build/image.tar", image or "propensity")


@app.command(rich_help_panel=BUILD, epilog=options.examples("./propensity dev image-load"))
def image_load() -> int:
    """Load the task image from build/image.tar."""
    return needs.run("docker", "load", "--input", "build/image.tar")


@app.command(rich_help_panel=BUILD, epilog=options.examples("./propensity dev clean"))
def clean() -> int:
    """Delete the build output."""
    if code := _maven("clean"):
        return code
    shutil.rmtree(paths.PROJECT / "build", ignore_errors=True)
    return 0


@app.command(rich_help_panel=BUILD, epilog=options.examples("./propensity dev environments"))
def environments() -> None:
    """Install the locked Python environments."""
    needs.environments(*needs.OF_DEVELOPMENT)


@app.command(rich_help_panel=BUILD, epilog=options.examples("./propensity dev lock"))
def lock() -> int:
    """Update the locked Python packages."""
    needs.environments()
    return needs.run("airflow/lock", str(paths.ENVIRONMENTS / "uv" / "bin" / "uv"))


@app.command(
    rich_help_panel=TEST, epilog=options.examples("./propensity dev test", "CI=true ./propensity dev test --slow")
)
def test(slow: Annotated[bool, typer.Option("--slow", help="Run the slow tests too.")] = False) -> int:
    """Run the tests; with CI=true in the environment, a skipped test is a failure."""
    needs.development()
    return _test("all" if slow else "test")


@app.command(rich_help_panel=TEST, epilog=options.examples("./propensity dev faults --containers 5"))
def faults(
    containers: Annotated[
        int | None,
        options.option(
            "--containers", "NUMBER", "Containers to kill at random; default: 20.", partial(option_values.number, "N")
        ),
    ] = None,
) -> int:
    """Run the slow tests of fault tolerance: tasks and servers are killed, stopped or disconnected."""
    needs.development()
    needs.jars()
    return _test("faults", {"N": str(containers)} if containers else {})


@app.command(rich_help_panel=TEST, epilog=options.examples("./propensity dev test-aws"))
def test_aws() -> int:
    """Run the slow tests for AWS, against a simulated account."""
    needs.development()
    needs.jars()
    return _test("aws")


@app.command(
    rich_help_panel=TEST, epilog=options.examples("./propensity dev bench", "./propensity dev bench --only tables")
)
def bench(
    only: Annotated[
        str | None, options.option("--only", "PARTS", "Parts of the benchmark, in quotes; default: all.")
    ] = None,
) -> int:
    """Measure speed, memory and quality, compared with Python."""
    needs.stack()
    needs.environments(*needs.OF_DEVELOPMENT, "tables")
    return needs.run("benchmarks/run", *(["--only", *only.split()] if only else []))


@app.command(rich_help_panel=TEST, epilog=options.examples("./propensity dev mutation"))
def mutation() -> int:
    """Compute the mutation scores of the encoder, the metrics and the release decision."""
    needs.prerequisites()
    return _maven("verify", "-Pmutation", "-pl", "libraries/dataset,libraries/model", "-am")


@app.command(rich_help_panel=CODE, epilog=options.examples("./propensity dev check"))
def check() -> int:
    """Run formatters, linters and other checks."""
    needs.environments(*needs.OF_DEVELOPMENT)
    return needs.run(_tool("pre-commit"), "run", "--all-files")


@app.command("format", rich_help_panel=CODE, epilog=options.examples("./propensity dev format"))
def format_code() -> int:
    """Format all code."""
    needs.environments(*needs.OF_DEVELOPMENT)
    return (
        _maven("spotless:apply")
        or needs.run(_tool("ruff"), "format", "--quiet", ".")
        or needs.run(_tool("ruff"), "check", "--quiet", "--fix", ".")
    )


@app.command(
    rich_help_panel=CODE, epilog=options.examples("./propensity dev notebook --dataset insurance --data customers.csv")
)
def notebook(
    data: options.DataOfNotebooks = None,
    dataset: options.DatasetName = option_values.DEFAULT_DATASET,
    learners: options.Learners = None,
) -> int:
    """Open the notebooks; with the running stack's MLflow if MLFLOW_TRACKING_URI is set."""
    needs.jars()
    needs.environments("notebook")
    values = {"DATA": option_values.absolute(data), "DATASET": dataset, "LEARNERS": " ".join(learners or [])}
    given = {name: value for name, value in values.items() if value}
    return needs.run("jupyter", "notebook", "notebooks", environment=given | _path_of_notebooks())


@app.command(rich_help_panel=CODE, epilog=options.examples("./propensity dev notebook-output"))
def notebook_output() -> int:
    """Execute the notebooks and save their output."""
    needs.jars()
    needs.environments("notebook")
    return needs.run("python", "notebooks/execute.py", environment=_path_of_notebooks())


def _test(kind: str, environment: dict[str, str] | None = None) -> int:
    return needs.run(".ci/test", kind, environment=environment)


def _maven(*words: str) -> int:
    """Runs Maven; MAVEN is a command and its options."""
    program, *words_of_maven = shlex.split(os.environ.get("MAVEN") or "mvn")
    return needs.run(program, *words_of_maven, "--batch-mode", "--quiet", *words)


def _tool(name: str) -> str:
    return str(paths.ENVIRONMENTS / "tools" / "bin" / name)


def _path_of_notebooks() -> dict[str, str]:
    return {"PATH": f"{paths.ENVIRONMENTS / 'notebook' / 'bin'}:{os.environ['PATH']}"}
