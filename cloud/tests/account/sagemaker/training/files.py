"""What SageMaker puts into /opt/ml for a training job, and what it reads there."""

from __future__ import annotations

import json
from pathlib import Path

from account.sagemaker import model_data


def write(s3, request: dict, folder: Path) -> None:
    """/opt/ml/input with its configuration and channels, and the folders for what is put out."""
    config = folder / "input" / "config"
    resources = request["ResourceConfig"]
    documents = {
        "hyperparameters.json": request.get("HyperParameters", {}),
        "inputdataconfig.json": {
            channel["ChannelName"]: described(channel) for channel in request.get("InputDataConfig", [])
        },
        "resourceconfig.json": {
            "current_host": "algo-1",
            "current_instance_type": resources["InstanceType"],
            "current_group_name": "homogeneousCluster",
            "hosts": ["algo-1"],
            "instance_groups": [
                {
                    "instance_group_name": "homogeneousCluster",
                    "instance_type": resources["InstanceType"],
                    "hosts": ["algo-1"],
                }
            ],
            "network_interface_name": "eth0",
        },
    }
    for place in (config, folder / "input" / "data", folder / "model", folder / "output" / "data"):
        place.mkdir(parents=True)
    for name, document in documents.items():
        (config / name).write_text(json.dumps(document))
    for channel in request.get("InputDataConfig", []):
        data = folder / "input" / "data" / channel["ChannelName"]
        data.mkdir()
        source = channel["DataSource"].get("S3DataSource")
        if source is None or source["S3DataType"] != "S3Prefix":
            raise model_data.BadModelData("only S3DataSource with S3Prefix is stood in for")
        model_data.tree(s3, source["S3Uri"], data)
    # The image's user writes there, whoever that is.
    for place in (folder, *folder.rglob("*")):
        place.chmod(0o777 if place.is_dir() else 0o644)


def described(channel: dict) -> dict:
    """A channel as inputdataconfig.json tells of it."""
    source = channel["DataSource"].get("S3DataSource", {})
    entry = {
        "TrainingInputMode": channel.get("InputMode", "File"),
        "S3DistributionType": source.get("S3DataDistributionType", "FullyReplicated"),
        "RecordWrapperType": channel.get("RecordWrapperType", "None"),
    }
    return entry | ({"ContentType": channel["ContentType"]} if "ContentType" in channel else {})


def environment(region, job) -> dict[str, str]:
    """The request's variables, SageMaker's own, and what leads to this account instead of AWS."""
    return {
        **job.request.get("Environment", {}),
        "TRAINING_JOB_NAME": job.name,
        "TRAINING_JOB_ARN": job.arn,
        "AWS_REGION": region.region,
        "AWS_DEFAULT_REGION": region.region,
        **region.account.environment(),
    }


def failure(folder: Path, code: int, limit: int) -> str:
    """Why a job failed: the container's own words and its exit code, which long words push out."""
    file = folder / "output" / "failure"
    words = file.read_text(errors="replace") if file.is_file() else ""
    return f"AlgorithmError: {words}, exit code: {code}"[:limit]
