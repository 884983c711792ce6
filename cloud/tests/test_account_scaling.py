"""The stand-in's instance counts: by hand, kept by updates, and under load."""

from __future__ import annotations

import datetime
import threading
import time

from samples import ask, create, make_config, settled


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


def test_scales_out_under_load_and_in_after_it(account, sagemaker):
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
    until = time.monotonic() + 20
    while count > 1:
        assert time.monotonic() < until
        count = sagemaker.describe_endpoint(EndpointName="loaded")["ProductionVariants"][0]["DesiredInstanceCount"]
        time.sleep(0.05)
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
