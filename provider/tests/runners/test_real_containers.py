"""The task image itself where remote tasks run, and as Amazon SageMaker starts a container of one's own."""

from __future__ import annotations

import io
import json
import os
import time

import pytest
import simulated
from airflow.sdk.exceptions import AirflowFailException
from conftest import REPOSITORY
from contexts import context

pytestmark = pytest.mark.aws
TEXT = (REPOSITORY / "datasets" / "insurance.yaml").read_text()
CSV = {"ContentType": "text/csv"}
JARS = REPOSITORY / "build" / "jars"
LAUNCHER = REPOSITORY / "airflow" / "image" / "propensity"


def need(condition, reason):
    """Skips the test where it cannot run, but fails it in CI."""
    if not condition:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)


@pytest.fixture(scope="module")
def real(engine, tmp_path_factory):
    """An account and a cluster that run the real image; the workers' environment for them."""
    image = os.environ.get("PROPENSITY_TEST_IMAGE", "propensity")
    need(engine.images.list(image), "the task image is not built: make image")
    need((JARS / "code.sha256").exists(), "the jars are not built: make build")
    with simulated.account(image) as url:
        simulated.create_resources(url)
        cluster = simulated.cluster(engine, url, tmp_path_factory.mktemp("cluster"))
        try:
            yield simulated.environment(url, image, cluster.kubeconfig) | {
                "PROPENSITY_LAUNCHER": str(LAUNCHER),
                "PROPENSITY_JARS": str(JARS),
                "PROPENSITY_STORE": f"s3://{simulated.BUCKET}/store",
                "AIRFLOW_CONN_MY_AWS_CONN": json.dumps({"conn_type": "aws", "login": "test", "password": "secret"}),
            }
        finally:
            cluster.stop()


@pytest.fixture
def execute(real, database, monkeypatch):
    """Runs a jar by a runner; returns its result."""
    for name, value in real.items():
        monkeypatch.setenv(name, value)

    def run(jar, runner, **options):
        from propensity.datasets import DatasetFile
        from propensity.jar_task import jar_task

        kept = {}
        dataset = DatasetFile("insurance", "Who?", None, TEXT)
        operator = jar_task(jar, runner=runner, dataset=dataset, **options).operator
        uri = operator.execute(context(jar, push=lambda key, value: kept.update({key: value})))
        assert kept["result"]["uri"] == uri
        return kept["result"]

    return run


@pytest.fixture
def features(execute):
    """Features of synthetic rows."""
    raw = execute("download", "kubernetes", source="sample:3000")
    return execute("preprocess", "process", raw=raw["uri"])["uri"]


def test_a_model_is_trained_by_sagemaker_and_evaluated_on_ecs(execute, features):
    first = execute("train", "sagemaker", features=features, learner="logistic")
    assert first["status"] == "done"
    assert "/train/" in first["uri"]
    again = execute("train", "process", features=features, learner="logistic")
    assert (again["status"], again["uri"]) == ("unchanged", first["uri"])
    evaluation = execute("evaluate", "ecs", model=first["uri"], features=features)
    assert "/evaluate/" in evaluation["uri"]


def test_a_rejected_option_is_reported_as_on_the_command_line(execute, features):
    with pytest.raises(AirflowFailException, match="logistic"):
        execute("train", "sagemaker", features=features, learner="logistics")


def test_a_model_trained_by_hyperparameters_and_channels_answers_at_an_endpoint(real, features):
    s3 = simulated.aws(real["AWS_ENDPOINT_URL"], "s3")
    s3.put_object(Bucket=simulated.BUCKET, Key="channels/dataset/insurance.yaml", Body=TEXT.encode())
    dataset = f"s3://{simulated.BUCKET}/channels/dataset/"
    job = trained(real, "hand-made", {"learner": "logistic"}, {"features": features, "dataset": dataset})
    assert job["TrainingJobStatus"] == "Completed", job.get("FailureReason")
    wrong = trained(real, "rejected", {"learner": "logistics"}, {"features": features, "dataset": dataset})
    assert wrong["TrainingJobStatus"] == "Failed"
    assert "logistics" in wrong["FailureReason"]
    assert wrong["FailureReason"].endswith("exit code: 2")
    served(real, job["ModelArtifacts"]["S3ModelArtifacts"])
    runtime = simulated.aws(real["AWS_ENDPOINT_URL"], "sagemaker-runtime")
    answer = runtime.invoke_endpoint(EndpointName="hand-made", Body=rows(s3, features), **CSV)
    assert "insurance" in answer["Body"].read().decode()


def trained(real, name, hyperparameters, channels):
    """A training job that names no arguments, when it has ended."""
    sagemaker = simulated.aws(real["AWS_ENDPOINT_URL"], "sagemaker")
    sources = [
        {
            "ChannelName": channel,
            "DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": uri}},
        }
        for channel, uri in channels.items()
    ]
    settings = json.loads(real["PROPENSITY_SAGEMAKER"])
    sagemaker.create_training_job(
        TrainingJobName=name,
        HyperParameters=hyperparameters,
        AlgorithmSpecification={"TrainingImage": settings["image"], "TrainingInputMode": "File"},
        RoleArn=settings["role"],
        InputDataConfig=sources,
        OutputDataConfig={"S3OutputPath": f"{simulated.RESULTS}/jobs"},
        ResourceConfig={"InstanceType": "ml.m5.large", "InstanceCount": 1, "VolumeSizeInGB": 5},
        StoppingCondition={"MaxRuntimeInSeconds": 600},
    )
    return ended(lambda: sagemaker.describe_training_job(TrainingJobName=name), "TrainingJobStatus", "InProgress")


def served(real, model):
    """Waits for an endpoint with this model."""
    sagemaker = simulated.aws(real["AWS_ENDPOINT_URL"], "sagemaker")
    settings = json.loads(real["PROPENSITY_SAGEMAKER"])
    container = {"Image": settings["image"], "ModelDataUrl": model}
    sagemaker.create_model(ModelName="hand-made", PrimaryContainer=container, ExecutionRoleArn=settings["role"])
    variant = {
        "VariantName": "model",
        "ModelName": "hand-made",
        "InitialInstanceCount": 1,
        "InstanceType": "ml.m5.large",
    }
    sagemaker.create_endpoint_config(EndpointConfigName="hand-made", ProductionVariants=[variant])
    sagemaker.create_endpoint(EndpointName="hand-made", EndpointConfigName="hand-made")
    endpoint = ended(lambda: sagemaker.describe_endpoint(EndpointName="hand-made"), "EndpointStatus", "Creating")
    assert endpoint["EndpointStatus"] == "InService", endpoint.get("FailureReason")


def ended(describe, status, going):
    end = time.monotonic() + 180
    while (found := describe())[status] == going:
        assert time.monotonic() < end, f"it is {going} for ever"
        time.sleep(0.5)
    return found


def rows(s3, features):
    """The header and two rows of the test split."""
    key = features.removeprefix(f"s3://{simulated.BUCKET}/") + "/test-rows.csv"
    text = s3.get_object(Bucket=simulated.BUCKET, Key=key)["Body"].read()
    return b"".join(io.BytesIO(text).readlines()[:3])
