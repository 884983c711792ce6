"""The simulated account's instance counts: set by hand, preserved by updates, and under load."""

from __future__ import annotations

import datetime
import threading
import time

from samples import ask, create, make_config, rejection, settled, variant


def test_keeps_a_scaled_count_only_where_requested(account, sagemaker):
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
        until, count = time.monotonic() + 60, 1
        while count == 1:
            assert time.monotonic() < until
            response = sagemaker.describe_endpoint(EndpointName="loaded")
            count = response["ProductionVariants"][0]["CurrentInstanceCount"]
            time.sleep(0.05)
    finally:
        done.set()
        for thread in threads:
            thread.join()
    assert 1 < count <= 3
    until = time.monotonic() + 60
    while count > 1:
        assert time.monotonic() < until
        count = sagemaker.describe_endpoint(EndpointName="loaded")["ProductionVariants"][0]["DesiredInstanceCount"]
        time.sleep(0.05)
    assert summed(account, "InvocationsPerInstance", "loaded") > 6


def test_rejects_burstable_instances_and_other_ones_while_it_scales(account, sagemaker):
    make_config(account, "usual")
    for name, kind in (("burstable", "ml.t2.medium"), ("larger", "ml.m5.xlarge")):
        sagemaker.create_endpoint_config(EndpointConfigName=name, ProductionVariants=[variant("usual", kind=kind)])
    scaling = account.client("application-autoscaling")

    def target(name: str) -> dict:
        resource = {"ServiceNamespace": "sagemaker", "ResourceId": f"endpoint/{name}/variant/model"}
        return resource | {"ScalableDimension": "sagemaker:variant:DesiredInstanceCount"}

    register = scaling.register_scalable_target
    nothing = rejection(register, **target("usual"), MinCapacity=1, MaxCapacity=2)
    assert "ValidationException: No scalable resource found for service namespace: sagemaker" in nothing
    create(account, "burstable", "burstable")
    create(account, "usual", "usual")
    assert "burstable instance type ml.t2.medium" in rejection(
        register, **target("burstable"), MinCapacity=1, MaxCapacity=2
    )
    register(**target("usual"), MinCapacity=1, MaxCapacity=2)
    change = {"EndpointName": "usual", "EndpointConfigName": "larger"}
    assert "Deregister it from Application Auto Scaling" in rejection(sagemaker.update_endpoint, **change)
    scaling.deregister_scalable_target(**target("usual"))
    sagemaker.update_endpoint(**change)
    settled(account, "usual")
    register(**target("usual"), MinCapacity=1, MaxCapacity=2)
    sagemaker.delete_endpoint(EndpointName="usual")
    until = time.monotonic() + 60
    while sagemaker.list_endpoints(NameContains="usual")["Endpoints"]:
        assert time.monotonic() < until
        time.sleep(0.02)
    targets = scaling.describe_scalable_targets(ServiceNamespace="sagemaker")["ScalableTargets"]
    assert "endpoint/usual/variant/model" not in [one["ResourceId"] for one in targets]


def summed(account, metric: str, endpoint: str) -> float:
    """What CloudWatch has of a metric in the last hour."""
    now = datetime.datetime.now(datetime.UTC)
    response = account.client("cloudwatch").get_metric_statistics(
        Namespace="AWS/SageMaker",
        MetricName=metric,
        Dimensions=[{"Name": "EndpointName", "Value": endpoint}, {"Name": "VariantName", "Value": "model"}],
        StartTime=now - datetime.timedelta(hours=1),
        EndTime=now + datetime.timedelta(minutes=1),
        Period=60,
        Statistics=["Sum"],
    )
    return sum(point["Sum"] for point in response["Datapoints"])
