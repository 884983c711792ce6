"""The simulated account's alarms on endpoints: what triggers and what they notify, and which updates they roll back."""

from __future__ import annotations

import json
import time

from botocore.exceptions import ClientError
from samples import ask, canary, create, make_config, settled


def test_rolls_back_when_an_alarm_goes_off(account, sagemaker):
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
    described = settled(account, "watched")
    assert failed
    assert described["EndpointConfigName"] == "good"
    assert described["FailureReason"] == "One or more configured alarm(s) have tripped: [watched-5xx]"
    assert ask(account, "watched")["model"] == "good"
    until = time.monotonic() + 60
    while state(account, "watched-5xx") != "OK":
        assert time.monotonic() < until
        time.sleep(0.05)


def alarm(account, name: str, endpoint: str, metric: str) -> None:
    account.client("cloudwatch").put_metric_alarm(
        AlarmName=name,
        Namespace="AWS/SageMaker",
        MetricName=metric,
        Dimensions=[{"Name": "EndpointName", "Value": endpoint}, {"Name": "VariantName", "Value": "model"}],
        Period=60,
        EvaluationPeriods=1,
        ComparisonOperator="GreaterThanOrEqualToThreshold",
        TreatMissingData="notBreaching",
        Statistic="Sum",
        Threshold=1,
    )


def test_notifies_the_topic_of_a_latency_that_is_too_long(account, sagemaker):
    topic = account.client("sns").create_topic(Name="alerts")["TopicArn"]
    queue = account.client("sqs").create_queue(QueueName="alerts")["QueueUrl"]
    place = account.client("sqs").get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]
    account.client("sns").subscribe(TopicArn=topic, Protocol="sqs", Endpoint=place["QueueArn"])
    make_config(account, "tardy", seconds=0.2)
    create(account, "tardy", "tardy")
    account.client("cloudwatch").put_metric_alarm(
        AlarmName="tardy-latency",
        Namespace="AWS/SageMaker",
        MetricName="ModelLatency",
        Dimensions=[{"Name": "EndpointName", "Value": "tardy"}, {"Name": "VariantName", "Value": "model"}],
        ExtendedStatistic="p99",
        Period=60,
        EvaluationPeriods=1,
        Threshold=100_000,
        ComparisonOperator="GreaterThanThreshold",
        TreatMissingData="notBreaching",
        AlarmActions=[topic],
    )
    ask(account, "tardy")
    until, messages = time.monotonic() + 60, []
    while not messages:
        assert time.monotonic() < until
        messages = account.client("sqs").receive_message(QueueUrl=queue).get("Messages", [])
    described = json.loads(json.loads(messages[0]["Body"])["Message"])
    assert (described["AlarmName"], described["NewStateValue"]) == ("tardy-latency", "ALARM")


def state(account, name: str) -> str:
    return account.client("cloudwatch").describe_alarms(AlarmNames=[name])["MetricAlarms"][0]["StateValue"]


def test_rolls_back_when_a_test_sets_the_alarm_and_without_a_reason(account, sagemaker):
    make_config(account, "calm-1")
    make_config(account, "calm-2")
    create(account, "calm", "calm-1")
    alarm(account, "calm-5xx", "calm", "Invocation5XXErrors")
    account.faults.silent()
    sagemaker.update_endpoint(
        EndpointName="calm", EndpointConfigName="calm-2", DeploymentConfig=canary(600, ("calm-5xx",))
    )
    account.client("cloudwatch").set_alarm_state(AlarmName="calm-5xx", StateValue="ALARM", StateReason="by hand")
    described = settled(account, "calm")
    assert described["EndpointConfigName"] == "calm-1"
    assert "FailureReason" not in described
