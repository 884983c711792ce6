"""propensity cloud …: stages on AWS."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from command_line import needs, options
from stack import option_values, paths

if TYPE_CHECKING:
    from cloud.account import Target
    from stack.releases.champion_change import ChampionChange

app = typer.Typer(help="Stages on AWS: infrastructure, image, deployment.", no_args_is_help=True)

INFRASTRUCTURE = "Infrastructure"
IMAGE = "Task image"
DEPLOYMENT = "Deployment"


def target(stage: str | None, account: str | None, region: str | None) -> Target:
    """The stage that a command is about."""
    from cloud.account import Target

    return Target(stage, account, region)


def change_champion(kind: str, where: Target, change: ChampionChange) -> int:
    """Promotes or rolls back on a stage."""
    needs.aws(with_jars=True)
    from cloud.deployment import deploying

    return getattr(deploying, kind)(where, change)


def history(where: Target, dataset: str | None, *, as_json: bool) -> int:
    """Prints a stage's release ledger."""
    needs.aws(with_jars=True)
    from cloud.deployment import deploying

    return deploying.history(where, dataset, as_json=as_json)


@app.command(
    rich_help_panel=INFRASTRUCTURE, epilog=options.examples("./propensity cloud create-dev-setup --data customers.csv")
)
def create_dev_setup(
    stage: options.StageToCreate = None,
    data: Annotated[str | None, options.option("--data", "FILE", "Rows to upload.")] = None,
    dataset: Annotated[str | None, options.option("--dataset", "NAME", "Their dataset; default: insurance.")] = None,
    policy: Annotated[
        str | None,
        options.option(
            "--policy", "training|scoring", "training: rows need labels; scoring: they do not. Default: training."
        ),
    ] = None,
    yes: options.Yes = False,
    account: options.Account = None,
    region: options.Region = None,
) -> None:
    """Create a stage, dev by default, after confirmation, and upload rows."""
    needs.aws(with_jars=bool(data))
    from cloud.provisioning import infrastructure
    from cloud.rows_file import Rows

    infrastructure.create_dev_setup(target(stage, account, region), Rows(data, dataset, policy), confirmed=yes)


@app.command(rich_help_panel=INFRASTRUCTURE, epilog=options.examples("./propensity cloud infra-bootstrap --stage dev"))
def infra_bootstrap(
    stage: options.RequiredStage = None,
    yes: options.Yes = False,
    account: options.Account = None,
    region: options.Region = None,
) -> None:
    """Create the bucket of a stage's Terraform state; needed once."""
    needs.aws()
    from cloud.provisioning import infrastructure

    infrastructure.infra_bootstrap(target(stage, account, region), confirmed=yes)


@app.command(rich_help_panel=INFRASTRUCTURE, epilog=options.examples("./propensity cloud infra-plan --stage dev"))
def infra_plan(
    stage: options.RequiredStage = None,
    image: Annotated[
        str | None,
        options.option("--image", "IMAGE", "The image with its digest, …@sha256:…; default: the one applied last."),
    ] = None,
    json: options.Json = False,
    account: options.Account = None,
    region: options.Region = None,
) -> None:
    """Plan the changes on AWS, and save the plan for infra-apply."""
    needs.aws()
    from cloud.provisioning import infrastructure

    infrastructure.infra_plan(target(stage, account, region), image, as_json=json)


@app.command(rich_help_panel=INFRASTRUCTURE, epilog=options.examples("./propensity cloud infra-apply --stage dev"))
def infra_apply(
    stage: options.RequiredStage = None, account: options.Account = None, region: options.Region = None
) -> None:
    """Apply exactly the plan of infra-plan."""
    needs.aws()
    from cloud.provisioning import infrastructure

    infrastructure.infra_apply(target(stage, account, region))


@app.command(
    rich_help_panel=INFRASTRUCTURE, epilog=options.examples('eval "$(./propensity cloud infra-output --stage dev)"')
)
def infra_output(
    stage: options.RequiredStage = None,
    json: options.Json = False,
    account: options.Account = None,
    region: options.Region = None,
) -> None:
    """Print the stage's settings, for a shell."""
    needs.aws()
    from cloud.provisioning import infrastructure

    infrastructure.infra_output(target(stage, account, region), as_json=json)


@app.command(rich_help_panel=INFRASTRUCTURE, epilog=options.examples("./propensity cloud infra-destroy --stage dev"))
def infra_destroy(
    stage: options.RequiredStage = None,
    yes: options.Yes = False,
    account: options.Account = None,
    region: options.Region = None,
) -> None:
    """Delete what Terraform created of a stage."""
    needs.aws()
    from cloud.provisioning import infrastructure

    infrastructure.infra_destroy(target(stage, account, region), confirmed=yes)


@app.command(rich_help_panel=INFRASTRUCTURE, epilog=options.examples("./propensity cloud infra-comment --stage dev"))
def infra_comment(
    stage: options.RequiredStage = None, account: options.Account = None, region: options.Region = None
) -> None:
    """Post the plan of infra-plan as a comment on the commit's pull request; in GitHub Actions."""
    needs.aws()
    from cloud.provisioning import comments

    comments.infra_comment(target(stage, account, region))


@app.command(
    rich_help_panel=INFRASTRUCTURE,
    epilog=options.examples(
        "./propensity cloud delete-resources --stage dev", "./propensity cloud delete-resources --stage local"
    ),
)
def delete_resources(
    stage: Annotated[
        str | None,
        options.option(
            "--stage",
            "dev|uat|prod|local",
            "Required. The stage; local is the local stack.",
            panel=options.STAGE_ON_AWS,
        ),
    ] = None,
    registry: Annotated[bool, typer.Option("--registry", help="Also delete the models in MLflow's registry.")] = False,
    yes: options.Yes = False,
    account: options.Account = None,
    region: options.Region = None,
) -> int:
    """List a stage's resources and their cost, and delete them after confirmation."""
    if stage == "local":
        purge = needs.purge(yes=yes)
        os.execv(purge[0], purge)
    needs.aws(with_jars=True)
    from cloud.provisioning import teardown

    return teardown.delete_resources(target(stage, account, region), registry=registry, confirmed=yes)


@app.command(
    rich_help_panel=DEPLOYMENT,
    epilog=options.examples("./propensity cloud copy-data-to-s3 --stage dev --data customers.csv"),
)
def copy_data_to_s3(
    stage: options.RequiredStage = None,
    data: Annotated[str | None, options.option("--data", "FILE", "Required. The file of rows.")] = None,
    dataset: Annotated[str | None, options.option("--dataset", "NAME", "Their dataset; default: insurance.")] = None,
    policy: Annotated[
        str | None,
        options.option(
            "--policy", "training|scoring", "training: rows need labels; scoring: they do not. Default: training."
        ),
    ] = None,
    account: options.Account = None,
    region: options.Region = None,
) -> None:
    """Check rows and upload them to the stage's bucket."""
    needs.aws(with_jars=True)
    from cloud.rows_file import Rows
    from cloud.rows_file import copy_data_to_s3 as copy

    copy(target(stage, account, region), Rows(data, dataset, policy))


@app.command(
    rich_help_panel=IMAGE, epilog=options.examples("./propensity cloud image-push --stage dev --version 0.1.0")
)
def image_push(
    stage: options.RequiredStage = None,
    image: options.Image = None,
    version: options.ImageVersion = None,
    account: options.Account = None,
    region: options.Region = None,
) -> None:
    """Push the task image to the stage's ECR repository and, if its secrets are set, to Docker Hub."""
    needs.aws()
    from cloud.image import images

    images.image_push(target(stage, account, region), image, version)


@app.command(
    rich_help_panel=IMAGE,
    epilog=options.examples(
        "./propensity cloud image-scan --severity critical", "./propensity cloud image-scan --stage dev"
    ),
)
def image_scan(
    stage: options.Stage = None,
    image: options.Image = None,
    version: options.ImageVersion = None,
    severity: Annotated[
        str | None,
        options.option(
            "--severity",
            "LEVEL",
            "Fail if a finding has at least this severity: negligible, low, medium, high or critical; default: high.",
        ),
    ] = None,
    account: options.Account = None,
    region: options.Region = None,
) -> int:
    """Scan the task image for known vulnerabilities with Grype, or show what ECR found in a stage's image."""
    needs.aws()
    from cloud.image import scanning

    return scanning.image_scan(target(stage, account, region), image, version, severity)


@app.command(rich_help_panel=IMAGE, epilog=options.examples("./propensity cloud sbom"))
def sbom(image: options.Image = None) -> None:
    """Write the task image's SBOM to build/sbom.cdx.json."""
    needs.environments("airflow", "sbom")
    from cloud.image import sbom

    sbom.sbom(image)


@app.command(
    rich_help_panel=DEPLOYMENT,
    epilog=options.examples(
        "./propensity cloud deploy --stage dev", "./propensity cloud deploy --stage prod --dataset insurance"
    ),
)
def deploy(
    stage: options.RequiredStage = None,
    dataset: options.Ledger = None,
    account: options.Account = None,
    region: options.Region = None,
) -> int:
    """Deploy the champions of the stage's ledgers to its endpoints, and verify them."""
    needs.aws(with_jars=True)
    from cloud.deployment import deploying

    return deploying.deploy(target(stage, account, region), dataset)


@app.command(rich_help_panel=DEPLOYMENT, epilog=options.examples("./propensity cloud deploy-summary --stage dev"))
def deploy_summary(
    stage: options.RequiredStage = None,
    dataset: options.Ledger = None,
    image_uri: Annotated[str | None, options.option("--image-uri", "URI", "The image to show in the summary.")] = None,
    account: options.Account = None,
    region: options.Region = None,
) -> None:
    """Show the stage's champions and the states of its endpoints."""
    needs.aws()
    from cloud.deployment import overview

    overview.deploy_summary(target(stage, account, region), dataset, image_uri)


@app.command(rich_help_panel=DEPLOYMENT, epilog=options.examples("./propensity cloud rehearsal --data customers.csv"))
def rehearsal(
    stage: options.StageToRehearse = None,
    data: Annotated[str | None, options.option("--data", "FILE", "A file of rows of the dataset insurance.")] = None,
    image: options.Image = None,
) -> int:
    """Run all AWS commands against a simulated account, from an empty account to an empty account."""
    needs.development()
    values = {"DATA": option_values.absolute(data), "STAGE": stage, "IMAGE": image}
    given = {name: value for name, value in values.items() if value}
    environment = given | {"PYTHONPATH": str(paths.PROJECT / "cloud" / "tests")}
    python = str(paths.ENVIRONMENTS / "airflow" / "bin" / "python")
    needs.script(python, "-m", "rehearsal.needs", environment=environment)
    needs.jars()
    needs.script("airflow/image/build", image or "propensity")
    return needs.run(python, "-m", "rehearsal", environment=environment)
