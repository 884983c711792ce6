"""The simulated account with the real image: training jobs, endpoints in containers, and a rollback by an alarm."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path

import docker
import pytest
from botocore.exceptions import ClientError
from samples import BUCKET, IMAGE, ROLE, archive, ask, canary, ended, job, settled, variant

from account.common.containers import LABEL
from account.sagemaker import model_data
from account.server import SimulatedAccount
from account.settings import REGION, SimulatedSettings

pytestmark = [pytest.mark.aws, pytest.mark.timeout(600)]
DATASET = Path(__file__).parents[3] / "datasets" / "insurance.yaml"
ROW = (
    b"Gender,Age,Driving_License,Region_Code,Previously_Insured,Vehicle_Age,Vehicle_Damage,Annual_Premium,"
    b"Policy_Sales_Channel,Vintage\nMale,44,1,28.0,0,> 2 Years,Yes,40454.0,26.0,217\n"
)


@pytest.fixture(scope="module")
def account():
    """An account that runs the task image."""
    image = os.environ.get("PROPENSITY_TEST_IMAGE", "propensity")
    try:
        found = docker.from_env().images.list(image)
    except docker.errors.DockerException:
        found = []
    if not found:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"no Docker Engine with the image {image}: make image")
    with SimulatedAccount(SimulatedSettings(image=image, step=0.5)) as one:
        s3 = one.client("s3")
        s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
        s3.put_object(Bucket=BUCKET, Key="datasets/insurance.yaml", Body=DATASET.read_bytes())
        yield one


def run(account, name: str, task: str, **options: str) -> dict:
    """A task as a training job; what it wrote as its result."""
    result = f"s3://{BUCKET}/results/{name}.json"
    words = [task, "--dataset", "/opt/ml/input/data/dataset/insurance.yaml", "--result", result]
    for option, value in options.items():
        words += [f"--{option}", value]
    request = job(name) | {"Environment": {"PROPENSITY_STORE": f"s3://{BUCKET}/store"}}
    request["AlgorithmSpecification"] |= {"ContainerEntrypoint": ["propensity"], "ContainerArguments": words}
    source = {"S3DataType": "S3Prefix", "S3Uri": f"s3://{BUCKET}/datasets/"}
    request["InputDataConfig"] = [{"ChannelName": "dataset", "DataSource": {"S3DataSource": source}}]
    account.client("sagemaker").create_training_job(**request)
    described = ended(account, name, 300)
    assert described["TrainingJobStatus"] == "Completed", described
    body = account.client("s3").get_object(Bucket=BUCKET, Key=f"results/{name}.json")["Body"]
    return json.load(body)


def pack(account, uri: str, name: str) -> None:
    """A model and an endpoint configuration of a trained model's files."""
    s3, (bucket, prefix) = account.client("s3"), model_data.split(uri)
    listed = s3.list_objects_v2(Bucket=bucket, Prefix=f"{prefix}/")["Contents"]
    files = {
        one["Key"].removeprefix(f"{prefix}/"): s3.get_object(Bucket=bucket, Key=one["Key"])["Body"].read()
        for one in listed
    }
    s3.put_object(Bucket=BUCKET, Key=f"{name}/model.tar.gz", Body=archive(files))
    client = account.client("sagemaker")
    container = {"Image": IMAGE, "ModelDataUrl": f"s3://{BUCKET}/{name}/model.tar.gz"}
    client.create_model(ModelName=name, ExecutionRoleArn=ROLE, PrimaryContainer=container)
    client.create_endpoint_config(EndpointConfigName=name, ProductionVariants=[variant(name)])


def test_trains_answers_updates_and_rolls_back(account):
    raw = run(account, "download-0", "download", source="sample:3000")
    features = run(account, "preprocess-0", "preprocess", raw=raw["uri"])
    for number, rounds in enumerate((20, 30, 40)):
        options = {"features": features["uri"], "parameters": json.dumps({"rounds": rounds})}
        pack(account, run(account, f"train-{number}", "train", **options)["uri"], f"model-{number}")
    client = account.client("sagemaker")
    client.create_endpoint(EndpointName="insurance", EndpointConfigName="model-0")
    assert settled(account, "insurance", 120)["EndpointStatus"] == "InService"
    scores = [ask(account, "insurance", ROW)["predictions"][0]["score"]]
    assert 0 < scores[0] < 1

    done, failed = threading.Event(), []

    def load():
        while not done.is_set():
            try:
                ask(account, "insurance", ROW)
            except ClientError as error:
                failed.append(error.response["OriginalMessage"])

    loads = [threading.Thread(target=load) for _ in range(2)]
    for one in loads:
        one.start()
    try:
        client.update_endpoint(
            EndpointName="insurance", EndpointConfigName="model-1", DeploymentConfig=canary(60, termination=60)
        )
        described = settled(account, "insurance", 120)
        assert (described["EndpointConfigName"], failed) == ("model-1", [])
        scores.append(ask(account, "insurance", ROW)["predictions"][0]["score"])
        assert scores[0] != scores[1]

        account.client("cloudwatch").put_metric_alarm(
            AlarmName="insurance-5xx",
            Namespace="AWS/SageMaker",
            MetricName="Invocation5XXErrors",
            Dimensions=[{"Name": "EndpointName", "Value": "insurance"}, {"Name": "VariantName", "Value": "model"}],
            Statistic="Sum",
            Period=60,
            EvaluationPeriods=1,
            Threshold=1,
            ComparisonOperator="GreaterThanOrEqualToThreshold",
            TreatMissingData="notBreaching",
        )
        account.faults.failing()
        client.update_endpoint(
            EndpointName="insurance", EndpointConfigName="model-2", DeploymentConfig=canary(300, ("insurance-5xx",))
        )
        described = settled(account, "insurance", 120)
    finally:
        done.set()
        for one in loads:
            one.join()
    assert (described["EndpointConfigName"], described["FailureReason"]) == (
        "model-1",
        "One or more configured alarm(s) have tripped: [insurance-5xx]",
    )
    assert set(failed) == {"Internal Server Error"}
    assert ask(account, "insurance", ROW)["predictions"][0]["score"] == scores[1]
    client.delete_endpoint(EndpointName="insurance")
    while client.list_endpoints()["Endpoints"]:
        pass
    assert docker.from_env().containers.list(all=True, filters={"label": f"{LABEL}={os.getpid()}"}) == []
