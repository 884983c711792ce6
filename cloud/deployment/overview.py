"""A stage's overview: for each dataset the ledger's champion and the endpoint's state."""

from __future__ import annotations

from botocore.exceptions import ClientError

from cloud import github
from cloud.account import Account, Target, verified_account
from cloud.deployment.deploying import endpoint
from cloud.deployment.ledgers import ledgers
from cloud.messages import counted


def deploy_summary(target: Target, dataset: str | None = None, image_uri: str | None = None) -> None:
    """Writes it as a table, on the page of the run where there is one, else on stdout."""
    account = verified_account(target)
    # Pages of a public repository are public: the account's number is left out.
    image = (image_uri or "").rpartition("/")[2]
    rows = [
        f"| {each.name} | {each.version or 'none'} | {endpoint(account, each.name)} | {_state(account, each.name)} |"
        for each in ledgers(account, dataset)
    ]
    text = "\n".join(
        [
            f"## {account.stage} in {account.region}",
            *(["", f"Image: `{image}`"] if image else []),
            "",
            "| dataset | champion | endpoint | state |",
            "| --- | --- | --- | --- |",
            *(rows or ["| no model is registered yet | | | |"]),
        ]
    )
    if not github.summary(text):
        print(text, flush=True)


def _state(account: Account, name: str) -> str:
    sagemaker = account.client("sagemaker")
    try:
        found = sagemaker.describe_endpoint(EndpointName=endpoint(account, name))
    except ClientError as error:
        # SageMaker's error code for an endpoint that does not exist.
        if error.response["Error"]["Code"] == "ValidationException":
            return "does not exist"
        return f"cannot be read: {error.response['Error']['Code']}"
    variants = found.get("ProductionVariants") or []
    counts = [each["CurrentInstanceCount"] for each in variants if each.get("CurrentInstanceCount")]
    reason = found.get("FailureReason")
    # In the midst of an update there are two fleets.
    others = "".join(f"{count}+" for count in counts[:-1])
    instances = f", {others}{counted(counts[-1], 'instance')}" if counts else ""
    return found["EndpointStatus"] + instances + (f": {reason}" if reason else "")
