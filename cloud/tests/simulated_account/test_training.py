"""The simulated account's training jobs: what the container finds, how it ends, what is reported of it."""

from __future__ import annotations

import io
import json
import tarfile
import time

from samples import BUCKET, ended, job, rejection


def messages(account, name: str) -> list[str]:
    """The job's log lines."""
    logs, group = account.client("logs"), "/aws/sagemaker/TrainingJobs"
    streams = logs.describe_log_streams(logGroupName=group, logStreamNamePrefix=f"{name}/algo-1-")["logStreams"]
    stream = streams[0]["logStreamName"]
    return [one["message"] for one in logs.get_log_events(logGroupName=group, logStreamName=stream)["events"]]


def recorded(account, name: str) -> dict:
    """What the tiny container saw, from the packed model."""
    archive = account.client("s3").get_object(Bucket=BUCKET, Key=f"jobs/{name}/output/model.tar.gz")["Body"].read()
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        return json.load(tar.extractfile("response.json"))


def test_runs_the_container_as_sagemaker_does(account, sagemaker):
    account.client("s3").put_object(Bucket=BUCKET, Key="rows/part/a.csv", Body=b"1,2\n")
    request = job("whole")
    request["AlgorithmSpecification"] |= {"ContainerArguments": ["evaluate", "--eta", "0.1"]}
    source = {"S3DataType": "S3Prefix", "S3Uri": f"s3://{BUCKET}/rows/"}
    request["InputDataConfig"] = [{"ChannelName": "rows", "DataSource": {"S3DataSource": source}}]
    sagemaker.create_training_job(**request, Environment={"GIVEN": "yes"})
    assert sagemaker.describe_training_job(TrainingJobName="whole")["TrainingJobStatus"] == "InProgress"
    job_told = ended(account, "whole")
    assert job_told["TrainingJobStatus"] == "Completed"
    assert "FailureReason" not in job_told
    seconds = [one["Status"] for one in job_told["SecondaryStatusTransitions"]]
    assert seconds == ["Starting", "Downloading", "Training", "Uploading", "Completed"]
    assert job_told["ModelArtifacts"]["S3ModelArtifacts"] == f"s3://{BUCKET}/jobs/whole/output/model.tar.gz"
    seen = recorded(account, "whole")
    assert seen["arguments"] == ["evaluate", "--eta", "0.1"]
    assert seen["files"].keys() == {
        "input/config/hyperparameters.json",
        "input/config/inputdataconfig.json",
        "input/config/resourceconfig.json",
        "input/data/rows/part/a.csv",
    }
    assert (
        seen["environment"].items()
        >= {
            "GIVEN": "yes",
            "TRAINING_JOB_NAME": "whole",
            "AWS_ENDPOINT_URL": account.url,
        }.items()
    )
    assert messages(account, "whole") == ["training evaluate --eta 0.1"]


def test_gives_the_argument_train_where_none_is_set(account, sagemaker):
    sagemaker.create_training_job(**job("plain"))
    ended(account, "plain")
    assert recorded(account, "plain")["arguments"] == ["train"]


def test_reports_the_output_and_the_exit_code_of_a_failure(account, sagemaker):
    sagemaker.create_training_job(**job("failing", exit=2, failure="there is no such file"))
    failed = ended(account, "failing")
    assert (failed["TrainingJobStatus"], failed["SecondaryStatus"]) == ("Failed", "Failed")
    assert failed["FailureReason"] == "AlgorithmError: there is no such file, exit code: 2"
    sagemaker.create_training_job(**job("wordless", exit=1))
    assert ended(account, "wordless")["FailureReason"] == "AlgorithmError: , exit code: 1"
    sagemaker.create_training_job(**job("wordy", exit=1, failure="x" * 2000))
    assert len(ended(account, "wordy")["FailureReason"]) == 1024


def test_rejects_a_name_that_is_taken_and_one_that_is_not_known(account, sagemaker):
    sagemaker.create_training_job(**job("once"))
    assert rejection(sagemaker.create_training_job, **job("once")).startswith(
        "ResourceInUse: Training job names must be unique within an AWS account and region"
    )
    unknown = "ValidationException: Requested resource not found."
    assert rejection(sagemaker.describe_training_job, TrainingJobName="never") == unknown
    assert rejection(sagemaker.stop_training_job, TrainingJobName="never") == unknown
    ended(account, "once")
    assert rejection(sagemaker.stop_training_job, TrainingJobName="once") == (
        "ValidationException: The request was rejected because the training job is in status Completed."
    )
    sagemaker.delete_training_job(TrainingJobName="once")
    assert rejection(sagemaker.describe_training_job, TrainingJobName="once") == unknown
    sagemaker.create_training_job(**job("once", seconds=1))
    assert rejection(sagemaker.delete_training_job, TrainingJobName="once").startswith("ResourceInUse")


def training(sagemaker, name: str) -> None:
    """Waits until the container runs."""
    while sagemaker.describe_training_job(TrainingJobName=name)["SecondaryStatus"] != "Training":
        time.sleep(0.02)
    time.sleep(0.3)


def test_stops_by_sigterm_and_one_that_does_not_listen_by_sigkill(account, sagemaker):
    for name, stubborn in (("meek", ""), ("stubborn", "yes")):
        sagemaker.create_training_job(**job(name, seconds=60, stubborn=stubborn))
        training(sagemaker, name)
        sagemaker.stop_training_job(TrainingJobName=name)
        assert sagemaker.describe_training_job(TrainingJobName=name)["TrainingJobStatus"] == "Stopping"
        stopped = ended(account, name)
        assert (stopped["TrainingJobStatus"], stopped["SecondaryStatus"]) == ("Stopped", "Stopped")


def test_stops_at_its_time_limit(account, sagemaker):
    request = job("endless", seconds=60) | {"StoppingCondition": {"MaxRuntimeInSeconds": 1}}
    sagemaker.create_training_job(**request)
    stopped = ended(account, "endless")
    assert (stopped["TrainingJobStatus"], stopped["SecondaryStatus"]) == ("Stopped", "MaxRuntimeExceeded")


def test_fails_where_a_channel_has_no_objects(account, sagemaker):
    source = {"S3DataType": "S3Prefix", "S3Uri": f"s3://{BUCKET}/nothing/"}
    channel = {"ChannelName": "rows", "DataSource": {"S3DataSource": source}}
    sagemaker.create_training_job(**job("rowless"), InputDataConfig=[channel])
    assert ended(account, "rowless")["FailureReason"].startswith("ClientError: Data download failed:No S3 objects")


def test_counts_failed_jobs_of_a_name_by_a_list(account, sagemaker):
    for number in range(2):
        sagemaker.create_training_job(**job(f"counted-{number}", exit=number))
        ended(account, f"counted-{number}")
    found = sagemaker.list_training_jobs(NameContains="counted", StatusEquals="Failed")["TrainingJobSummaries"]
    assert [one["TrainingJobName"] for one in found] == ["counted-1"]
    pages = sagemaker.get_paginator("list_training_jobs").paginate(
        NameContains="counted", PaginationConfig={"PageSize": 1}
    )
    assert [one["TrainingJobName"] for page in pages for one in page["TrainingJobSummaries"]] == [
        "counted-1",
        "counted-0",
    ]
