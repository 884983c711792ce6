"""The simulated account's updates of endpoints: two fleets, shifted traffic, and rollbacks."""

from __future__ import annotations

import threading

import pytest
from botocore.exceptions import ClientError
from samples import ask, canary, create, make_config, rejection, settled


def test_moves_the_traffic_by_a_canary_and_answers_all_the_while(account, sagemaker):
    make_config(account, "blue")
    make_config(account, "green")
    create(account, "moving", "blue")
    sagemaker.update_endpoint(
        EndpointName="moving", EndpointConfigName="green", DeploymentConfig=canary(wait=600, termination=60)
    )
    pending, answers = None, {"blue": 0, "green": 0}
    while (response := sagemaker.describe_endpoint(EndpointName="moving"))["EndpointStatus"] == "Updating":
        summary = response.get("PendingDeploymentSummary")
        if summary and summary["ProductionVariants"][0]["CurrentWeight"] == pytest.approx(0.1):
            pending = summary
            answers[ask(account, "moving")["model"]] += 1
        else:
            ask(account, "moving")
    assert pending["EndpointConfigName"] == "green"
    assert pending["ProductionVariants"][0]["VariantStatus"][0]["Status"] == "Baking"
    # The split is kept exactly, but for where it begins and ends.
    assert answers["green"] == pytest.approx(sum(answers.values()) / 10, abs=2)
    assert (response["EndpointStatus"], response["EndpointConfigName"]) == ("InService", "green")
    assert "PendingDeploymentSummary" not in response
    assert ask(account, "moving")["model"] == "green"


@pytest.mark.parametrize("fault", ["unhealthy", "midway"])
def test_rolls_back_when_the_update_fails(account, sagemaker, monkeypatch, fault):
    make_config(account, f"before-{fault}")
    make_config(account, f"after-{fault}")
    create(account, f"broken-{fault}", f"before-{fault}")
    getattr(account.faults, fault)()
    monkeypatch.setattr(account.settings, "health_seconds", 1)
    request = {"EndpointName": f"broken-{fault}", "EndpointConfigName": f"after-{fault}"}
    sagemaker.update_endpoint(**request, DeploymentConfig=canary())
    response = settled(account, f"broken-{fault}")
    assert response["EndpointConfigName"] == f"before-{fault}"
    assert response["FailureReason"]
    # A machine under load takes more than a second to start a container.
    monkeypatch.undo()
    sagemaker.update_endpoint(**request, DeploymentConfig=canary())
    response = settled(account, f"broken-{fault}")
    assert response["EndpointConfigName"] == f"after-{fault}"
    assert "FailureReason" not in response


def test_rejects_a_second_update_until_the_first_has_ended(account, sagemaker):
    for name in ("held-1", "held-2", "held-3"):
        make_config(account, name)
    create(account, "held", "held-1")
    account.faults.hold()
    sagemaker.update_endpoint(EndpointName="held", EndpointConfigName="held-2")
    second = {"EndpointName": "held", "EndpointConfigName": "held-3"}
    assert "Cannot update in-progress endpoint" in rejection(sagemaker.update_endpoint, **second)
    response = sagemaker.describe_endpoint(EndpointName="held")
    assert (response["EndpointStatus"], response["EndpointConfigName"]) == ("Updating", "held-1")
    account.faults.hold(on=False)
    assert settled(account, "held")["EndpointConfigName"] == "held-2"
    sagemaker.update_endpoint(**second)
    assert settled(account, "held")["EndpointConfigName"] == "held-3"


def test_moves_the_traffic_step_by_step_and_no_request_fails(account, sagemaker):
    make_config(account, "step-1", seconds=0.05)
    make_config(account, "step-2", seconds=0.05)
    create(account, "stepping", "step-1")
    routing = {"Type": "LINEAR", "WaitIntervalInSeconds": 300}
    routing["LinearStepSize"] = {"Type": "CAPACITY_PERCENT", "Value": 25}
    policy = {"TrafficRoutingConfiguration": routing, "TerminationWaitInSeconds": 0}
    done, answers, failed = threading.Event(), [], []

    def load():
        while not done.is_set():
            try:
                answers.append(ask(account, "stepping")["model"])
            except ClientError as error:
                failed.append(error)

    threads = [threading.Thread(target=load) for _ in range(4)]
    for thread in threads:
        thread.start()
    try:
        sagemaker.update_endpoint(
            EndpointName="stepping", EndpointConfigName="step-2", DeploymentConfig={"BlueGreenUpdatePolicy": policy}
        )
        weights, response = set(), {"EndpointStatus": "Updating"}
        while response["EndpointStatus"] == "Updating":
            response = sagemaker.describe_endpoint(EndpointName="stepping")
            for pending in response.get("PendingDeploymentSummary", {}).get("ProductionVariants", []):
                weights.add(round(pending["CurrentWeight"], 2))
    finally:
        done.set()
        for thread in threads:
            thread.join()
    assert failed == []
    assert weights >= {0.25, 0.5, 0.75}
    assert (answers[0], answers[-1]) == ("step-1", "step-2")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"CanarySize": {"Type": "CAPACITY_PERCENT", "Value": 60}}, "from 1 to 50 percent of the capacity, not 60"),
        ({"CanarySize": {"Type": "INSTANCE_COUNT", "Value": 1}}, "from 1 to 50 percent of the capacity, not 100"),
        ({"Type": "ALL_AT_ONCE"}, "CanarySize must be given for the traffic routing type CANARY, and for no other"),
        ({"Type": "LINEAR"}, "CanarySize must be given for"),
    ],
)
def test_rejects_a_policy_that_sagemaker_rejects(account, sagemaker, change, said):
    if "policy-1" not in [one["EndpointName"] for one in sagemaker.list_endpoints(NameContains="policy")["Endpoints"]]:
        make_config(account, "policy-1")
        make_config(account, "policy-2")
        create(account, "policy-1", "policy-1")
    deployment = canary()
    deployment["BlueGreenUpdatePolicy"]["TrafficRoutingConfiguration"] |= change
    request = {"EndpointName": "policy-1", "EndpointConfigName": "policy-2"}
    assert said in rejection(sagemaker.update_endpoint, **request, DeploymentConfig=deployment)
    unknown = canary(alarms=("never-made",))
    assert "Could not find the alarm(s) never-made" in rejection(
        sagemaker.update_endpoint, **request, DeploymentConfig=unknown
    )
