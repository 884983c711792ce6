"""python -m rehearsal walks it with the rows DATA= at STAGE=; exit code 0 where every step was as it must be."""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import registry

from rehearsal import needs
from rehearsal.aws import Aws
from rehearsal.walk import ENVIRONMENTS, REPOSITORY, RehearsalFailure, Walk, base_environment

ACCOUNT, REGION, DATASET = "123456789012", "eu-west-1", "insurance"
STAGE = os.environ.get("STAGE") or "uat"
ENDPOINT = f"propensity-{STAGE}-{DATASET}"
BUCKET = f"propensity-{STAGE}-{ACCOUNT}"
IMAGE = os.environ.get("IMAGE") or "propensity"
BUNDLE = "airflow.dag_processing.bundles.local.LocalDagBundle"
ECR = f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com"


def main() -> int:
    """Walks from an empty account to an empty account."""
    rows = needs.rows()
    with tempfile.TemporaryDirectory(prefix="propensity-rehearsal-") as folder, account(Path(folder)) as url:
        walk = Walk(environment(url, Path(folder)), Path(folder, "log"))
        aws = Aws(url, REGION)
        try:
            with contextlib.ExitStack() as stack:
                rehearse(walk, aws, rows.resolve(), stack)
        except RehearsalFailure as failure:
            print(f"\nthe rehearsal failed at step {walk.steps}: {failure}", file=sys.stderr)
            return 1
    print("\nthe rehearsal succeeded")
    return 0


def rehearse(walk: Walk, aws: Aws, rows: Path, stack: contextlib.ExitStack) -> None:
    """Each step runs what a user would type, and checks the result."""
    walk.step("An empty account")
    walk.see("no resource has the project's tags", aws.tagged() == [])

    walk.step("Infrastructure and data")
    walk.make("create_dev_setup", STAGE=STAGE, YES="1", DATASET=DATASET, DATA=str(rows))
    walk.see(f"the bucket {BUCKET} blocks public access", aws.blocks_public_access(BUCKET))

    walk.step("Push of the image")
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    host = walk.environment["PROPENSITY_REGISTRY"] = stack.enter_context(registry.running(folder))
    stack.callback(forget, f"{host}/propensity-{STAGE}:rehearsal")
    pushed = walk.make("image-push", STAGE=STAGE, VERSION="rehearsal", IMAGE=IMAGE)
    digest = re.search(r"@(sha256:[0-9a-f]{64})$", pushed, re.MULTILINE)[1]
    image = f"{ECR}/propensity-{STAGE}@{digest}"
    walk.make("infra-plan", STAGE=STAGE, IMAGE=image)
    walk.make("infra-apply", STAGE=STAGE)
    walk.environment |= exported(walk.make("infra-output", STAGE=STAGE))

    walk.step("Training: a training job on SageMaker, and a new, verified endpoint")
    train(walk, {})
    walk.see("a training job has completed", aws.jobs("Completed") == 1)
    walk.see(f"{ENDPOINT} is in service, scaled automatically", aws.in_service(ENDPOINT) and aws.scaled(ENDPOINT))
    first = aws.config(ENDPOINT)

    walk.step("Requests to the endpoint")
    invoked = walk.make("invoke", ENDPOINT=f"sagemaker:{ENDPOINT}", DATA=str(few(rows, folder)))
    answers = Path(invoked.splitlines()[-1].split(maxsplit=1)[1])
    walk.see("the ten rows are scored", len(answers.read_text(encoding="utf-8").splitlines()) == 11)

    walk.step("Another model: a blue/green deployment")
    train(walk, {"parameters": {"eta": 0.2}, "release": "release"})
    second = aws.config(ENDPOINT)
    walk.see("the endpoint has another configuration", second != first)

    walk.step("A third model with unhealthy instances: SageMaker rolls back")
    aws.control(unhealthy={})
    train(walk, {"parameters": {"eta": 0.3}, "release": "release"}, code=1)
    walk.see("the second model is live as before", aws.config(ENDPOINT) == second and aws.in_service(ENDPOINT))
    aws.control(clear={})
    walk.make("history", STAGE=STAGE, DATASET=DATASET)

    walk.step("Rollback by hand")
    walk.make("rollback", STAGE=STAGE, DATASET=DATASET, WHY="rehearsed", WHO="rehearsal")
    walk.see("the first model is live again", aws.config(ENDPOINT) == first)
    walk.make("deploy", STAGE=STAGE, DATASET=DATASET)
    walk.make("deploy-summary", STAGE=STAGE)

    walk.step("The resources and their cost")
    walk.make("delete_resources", STAGE=STAGE)
    walk.see("nothing was deleted yet", aws.in_service(ENDPOINT))

    walk.step("Teardown")
    walk.make("delete_resources", STAGE=STAGE, YES="1")
    left = aws.tagged()
    walk.see(f"no resource has the project's tags: {', '.join(left) or 'the account is empty'}", not left)
    walk.make("delete_resources", STAGE=STAGE, YES="1")


def train(walk: Walk, conf: dict, code: int = 0) -> None:
    """Runs the training DAG; Airflow's own lines stay out of the print."""
    source = {"source": f"s3://{BUCKET}/data/{DATASET}/train.csv.gz"}
    words = (DATASET, json.dumps(source | conf))
    walk.run("rehearsal.training_run", *words, shown=f"airflow: {DATASET}_training {json.dumps(conf)}", code=code)


def forget(image: str) -> None:
    """Removes a tag of the image from the engine."""
    subprocess.run(["docker", "image", "rm", "--no-prune", image], capture_output=True, check=False)


def few(rows: Path, folder: Path) -> Path:
    """The first ten rows, as a file of its own."""
    opened = gzip.open if rows.suffix == ".gz" else open
    file = folder / "ten.csv"
    with opened(rows, "rt", encoding="utf-8") as source:
        file.write_text("".join(next(source) for _ in range(11)), encoding="utf-8")
    return file


def exported(text: str) -> dict[str, str]:
    """The variables that a shell would take from these lines."""
    shell = subprocess.run(
        ["bash", "-c", 'eval "$1"; env -0', "bash", text], env={}, capture_output=True, text=True, check=True
    )
    pairs = (entry.partition("=") for entry in shell.stdout.split("\0") if entry)
    return {name: value for name, _, value in pairs if name.startswith(("AWS_", "PROPENSITY_"))}


def environment(url: str, folder: Path) -> dict[str, str]:
    """What commands and the DAG run with."""
    dags = str(REPOSITORY / "dags")
    return base_environment(
        ACCOUNT=ACCOUNT,
        REGION=REGION,
        AWS_ENDPOINT_URL=url,
        AWS_REGION=REGION,
        AWS_ACCESS_KEY_ID="rehearsal",
        AWS_SECRET_ACCESS_KEY="rehearsal",
        TERRAFORM=str(REPOSITORY / "cloud/tests/account/terraform"),
        PROPENSITY_ENVIRONMENTS=str(ENVIRONMENTS),
        PROPENSITY_STATE=str(folder / "state"),
        PROPENSITY_RUNNER="process",
        PROPENSITY_RUNNER_TRAIN="sagemaker",
        PROPENSITY_POOL="default_pool",
        PROPENSITY_POLL_SECONDS="0.5",
        AIRFLOW_CONN_MY_AWS_CONN=json.dumps({"conn_type": "aws", "login": "rehearsal", "password": "rehearsal"}),
        AIRFLOW_HOME=str(folder / "airflow"),
        AIRFLOW__CORE__LOAD_EXAMPLES="False",
        AIRFLOW__USAGE_DATA_COLLECTION__ENABLED="False",
        AIRFLOW_VAR_PROPENSITY_ENDPOINTS=json.dumps({DATASET: f"sagemaker:{ENDPOINT}"}),
        AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_CONFIG_LIST=json.dumps(
            [{"name": "dags", "classpath": BUNDLE, "kwargs": {"path": dags}}]
        ),
        PROPENSITY_DAGS=dags,
        AIRFLOW__CORE__DAGS_FOLDER=dags,
        PYTHONPATH=f"{REPOSITORY / 'provider'}:{REPOSITORY / 'cloud' / 'tests'}",
    )


@contextlib.contextmanager
def account(folder: Path) -> Iterator[str]:
    """A simulated account in which a minute lasts a fifth of a second; its address."""
    with (
        folder.joinpath("account.log").open("w") as log,
        subprocess.Popen(
            [ENVIRONMENTS / "aws/bin/python", "-m", "account", "--seconds-per-step", "0.2", "--image", IMAGE],
            env=os.environ | {"PYTHONPATH": str(REPOSITORY / "cloud" / "tests")},
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        ) as process,
    ):
        try:
            yield process.stdout.readline().strip()
        finally:
            process.send_signal(signal.SIGTERM)


if __name__ == "__main__":
    sys.exit(main())
