"""The stand-in's endpoints: states, two fleets, traffic, alarms and the way back."""

from __future__ import annotations

import datetime
import threading
import time

import pytest
from botocore.exceptions import ClientError
from samples import BUCKET, IMAGE, ROLE, ask, canary, make_config, make_model, refusal, settled, variant


def create(account, name: str, config: str) -> dict:
    account.client("sagemaker").create_endpoint(EndpointName=name, EndpointConfigName=config)
    return settled(account, name)


def test_answers_from_creation_to_deletion(account, sagemaker):
    make_config(account, "life")
    sagemaker.create_endpoint(EndpointName="life", EndpointConfigName="life")
    assert sagemaker.describe_endpoint(EndpointName="life")["EndpointStatus"] == "Creating"
    told = settled(account, "life")
    assert told["EndpointStatus"] == "InService"
    assert told["ProductionVariants"][0]["CurrentInstanceCount"] == 1
    assert ask(account, "life", b"40,yes") == {"model": "life", "body": "40,yes"}
    sagemaker.delete_endpoint(EndpointName="life")
    assert sagemaker.describe_endpoint(EndpointName="life")["EndpointStatus"] == "Deleting"
    until = time.monotonic() + 20
    while sagemaker.list_endpoints(NameContains="life")["Endpoints"]:
        assert time.monotonic() < until
        time.sleep(0.02)
    assert 'Could not find endpoint "arn:aws:sagemaker' in refusal(sagemaker.describe_endpoint, EndpointName="life")


def test_fails_where_the_model_does_not_answer_to_ping(account, sagemaker):
    make_config(account, "sick", ping=503)
    told = create(account, "sick", "sick")
    assert told["EndpointStatus"] == "Failed"
    assert told["FailureReason"] == (
        "The primary container for production variant model did not pass the ping health check. Please check "
        "CloudWatch logs for this endpoint."
    )
    refused = refusal(sagemaker.update_endpoint, EndpointName="sick", EndpointConfigName="sick")
    assert "Cannot update failed endpoint" in refused


def test_fails_where_the_model_is_no_archive(account, sagemaker):
    account.client("s3").put_object(Bucket=BUCKET, Key="plain/model.tar.gz", Body=b"no archive")
    container = {"Image": IMAGE, "ModelDataUrl": f"s3://{BUCKET}/plain/model.tar.gz"}
    sagemaker.create_model(ModelName="plain", ExecutionRoleArn=ROLE, PrimaryContainer=container)
    sagemaker.create_endpoint_config(EndpointConfigName="plain", ProductionVariants=[variant("plain")])
    assert "Failed to extract model data archive" in create(account, "plain", "plain")["FailureReason"]


def test_serves_the_files_below_a_prefix(account, sagemaker):
    account.client("s3").put_object(Bucket=BUCKET, Key="tree/behaviour.json", Body=b'{"name": "a tree"}')
    source = {"S3Uri": f"s3://{BUCKET}/tree/", "S3DataType": "S3Prefix", "CompressionType": "None"}
    container = {"Image": IMAGE, "ModelDataSource": {"S3DataSource": source}}
    sagemaker.create_model(ModelName="tree", ExecutionRoleArn=ROLE, PrimaryContainer=container)
    sagemaker.create_endpoint_config(EndpointConfigName="tree", ProductionVariants=[variant("tree")])
    create(account, "tree", "tree")
    assert ask(account, "tree")["model"] == "a tree"


def test_moves_the_traffic_by_a_canary_and_answers_all_the_while(account, sagemaker):
    make_config(account, "blue")
    make_config(account, "green")
    create(account, "moving", "blue")
    sagemaker.update_endpoint(
        EndpointName="moving", EndpointConfigName="green", DeploymentConfig=canary(wait=600, termination=60)
    )
    pending, answers = None, {"blue": 0, "green": 0}
    while (told := sagemaker.describe_endpoint(EndpointName="moving"))["EndpointStatus"] == "Updating":
        summary = told.get("PendingDeploymentSummary")
        if summary and summary["ProductionVariants"][0]["CurrentWeight"] == pytest.approx(0.1):
            pending = summary
            answers[ask(account, "moving")["model"]] += 1
        else:
            ask(account, "moving")
    assert pending["EndpointConfigName"] == "green"
    assert pending["ProductionVariants"][0]["VariantStatus"][0]["Status"] == "Baking"
    # The split is kept exactly, but for where it begins and ends.
    assert answers["green"] == pytest.approx(sum(answers.values()) / 10, abs=2)
    assert (told["EndpointStatus"], told["EndpointConfigName"]) == ("InService", "green")
    assert "PendingDeploymentSummary" not in told
    assert ask(account, "moving")["model"] == "green"


def test_goes_back_when_an_alarm_goes_off(account, sagemaker):
    make_config(account, "good")
    make_config(account, "wrong", status=500)
    create(account, "watched", "good")
    alarm(account, "watched-5xx", "watched", "Invocation5XXErrors")
    sagemaker.update_endpoint(
        EndpointName="watched", EndpointConfigName="wrong", DeploymentConfig=canary(600, ("watched-5xx",))
    )
    failed = 0
    while sagemaker.describe_endpoint(EndpointName="watched")["EndpointStatus"] in ("Updating", "RollingBack"):
        try:
            ask(account, "watched")
        except ClientError as error:
            assert error.response["Error"]["Code"] == "ModelError"
            failed += 1
    told = settled(account, "watched")
    assert failed
    assert told["EndpointConfigName"] == "good"
    assert told["FailureReason"] == "One or more configured alarm(s) have tripped: [watched-5xx]"
    assert ask(account, "watched")["model"] == "good"
    until = time.monotonic() + 10
    while state(account, "watched-5xx") != "OK":
        assert time.monotonic() < until
        time.sleep(0.05)


def alarm(account, name: str, endpoint: str, metric: str) -> None:
    account.client("cloudwatch").put_metric_alarm(
        AlarmName=name,
        Namespace="AWS/SageMaker",
        MetricName=metric,
        Dimensions=[{"Name": "EndpointName", "Value": endpoint}, {"Name": "VariantName", "Value": "model"}],
        Statistic="Sum",
        Period=60,
        EvaluationPeriods=1,
        Threshold=1,
        ComparisonOperator="GreaterThanOrEqualToThreshold",
        TreatMissingData="notBreaching",
    )


def state(account, name: str) -> str:
    return account.client("cloudwatch").describe_alarms(AlarmNames=[name])["MetricAlarms"][0]["StateValue"]


@pytest.mark.parametrize("fault", ["unhealthy", "midway"])
def test_goes_back_when_the_update_fails(account, sagemaker, fault):
    make_config(account, f"before-{fault}")
    make_config(account, f"after-{fault}")
    create(account, f"broken-{fault}", f"before-{fault}")
    getattr(account.faults, fault)()
    account.settings.health_seconds = 1
    request = {"EndpointName": f"broken-{fault}", "EndpointConfigName": f"after-{fault}"}
    sagemaker.update_endpoint(**request, DeploymentConfig=canary())
    told = settled(account, f"broken-{fault}")
    assert told["EndpointConfigName"] == f"before-{fault}"
    assert told["FailureReason"]
    sagemaker.update_endpoint(**request, DeploymentConfig=canary())
    told = settled(account, f"broken-{fault}")
    assert told["EndpointConfigName"] == f"after-{fault}"
    assert "FailureReason" not in told
    account.settings.health_seconds = 5


def test_refuses_what_sagemaker_refuses(account, sagemaker):
    make_config(account, "strict")
    sagemaker.create_endpoint(EndpointName="strict", EndpointConfigName="strict")
    busy = refusal(sagemaker.delete_endpoint, EndpointName="strict")
    assert 'Cannot update in-progress endpoint "arn:aws:sagemaker' in busy
    assert 'Cannot create already existing endpoint "arn' in refusal(
        sagemaker.create_endpoint, EndpointName="strict", EndpointConfigName="strict"
    )
    settled(account, "strict")
    with pytest.raises(ClientError, match="Cannot create already existing model"):
        make_model(account, "strict")
    config = {"EndpointConfigName": "strict", "ProductionVariants": [variant("strict")]}
    assert "Cannot create already existing endpoint configuration" in refusal(
        sagemaker.create_endpoint_config, **config
    )
    assert "it is in use" in refusal(sagemaker.delete_endpoint_config, EndpointConfigName="strict")
    assert "already uses" in refusal(sagemaker.update_endpoint, EndpointName="strict", EndpointConfigName="strict")
    assert "Could not find endpoint configuration" in refusal(
        sagemaker.create_endpoint, EndpointName="other", EndpointConfigName="none"
    )
    assert "Could not find model" in refusal(
        sagemaker.create_endpoint_config, EndpointConfigName="other", ProductionVariants=[variant("none")]
    )
    assert "ResourceLimitExceeded: The account-level service limit 'ml.t2.medium for endpoint usage' is 20" in refusal(
        sagemaker.update_endpoint_weights_and_capacities,
        EndpointName="strict",
        DesiredWeightsAndCapacities=[{"VariantName": "model", "DesiredInstanceCount": 21}],
    )
    account.faults.throttle("DescribeEndpoint")
    assert "ThrottlingException: Rate exceeded" in refusal(sagemaker.describe_endpoint, EndpointName="strict")


def test_keeps_a_scaled_count_only_where_asked(account, sagemaker):
    make_config(account, "first")
    make_config(account, "second")
    make_config(account, "third")
    create(account, "counted", "first")
    sagemaker.update_endpoint_weights_and_capacities(
        EndpointName="counted", DesiredWeightsAndCapacities=[{"VariantName": "model", "DesiredInstanceCount": 3}]
    )
    counts = [settled(account, "counted")["ProductionVariants"][0]["CurrentInstanceCount"]]
    for config, retain in (("second", True), ("third", False)):
        sagemaker.update_endpoint(EndpointName="counted", EndpointConfigName=config, RetainAllVariantProperties=retain)
        counts.append(settled(account, "counted")["ProductionVariants"][0]["CurrentInstanceCount"])
    assert counts == [3, 3, 1]


def test_scales_out_under_load(account, sagemaker):
    make_config(account, "loaded")
    create(account, "loaded", "loaded")
    scaling, resource = account.client("application-autoscaling"), "endpoint/loaded/variant/model"
    place = {"ServiceNamespace": "sagemaker", "ScalableDimension": "sagemaker:variant:DesiredInstanceCount"}
    scaling.register_scalable_target(**place, ResourceId=resource, MinCapacity=1, MaxCapacity=3)
    metric = {"PredefinedMetricType": "SageMakerVariantInvocationsPerInstance"}
    scaling.put_scaling_policy(
        **place,
        ResourceId=resource,
        PolicyName="loaded",
        PolicyType="TargetTrackingScaling",
        TargetTrackingScalingPolicyConfiguration={"TargetValue": 2.0, "PredefinedMetricSpecification": metric},
    )
    done = threading.Event()

    def load():
        while not done.is_set():
            ask(account, "loaded")

    threads = [threading.Thread(target=load) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        until, count = time.monotonic() + 20, 1
        while count == 1:
            assert time.monotonic() < until
            told = sagemaker.describe_endpoint(EndpointName="loaded")
            count = told["ProductionVariants"][0]["CurrentInstanceCount"]
            time.sleep(0.05)
    finally:
        done.set()
        for thread in threads:
            thread.join()
    assert 1 < count <= 3
    assert summed(account, "InvocationsPerInstance", "loaded") > 6


def summed(account, metric: str, endpoint: str) -> float:
    """What CloudWatch has of a metric in the last hour."""
    now = datetime.datetime.now(datetime.UTC)
    told = account.client("cloudwatch").get_metric_statistics(
        Namespace="AWS/SageMaker",
        MetricName=metric,
        Dimensions=[{"Name": "EndpointName", "Value": endpoint}, {"Name": "VariantName", "Value": "model"}],
        StartTime=now - datetime.timedelta(hours=1),
        EndTime=now + datetime.timedelta(minutes=1),
        Period=60,
        Statistics=["Sum"],
    )
    return sum(point["Sum"] for point in told["Datapoints"])
