"""What SageMaker puts into /opt/ml/model."""

from __future__ import annotations

import tarfile
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from botocore.exceptions import ClientError


class BadModelData(Exception):
    """The reason, in SageMaker's words."""


def fetch(s3, container: dict, folder: Path) -> None:
    """Fills the folder with the container's model, readable by all."""
    source = container.get("ModelDataSource", {}).get("S3DataSource")
    if source and source["CompressionType"] == "None" and source["S3DataType"] == "S3Prefix":
        tree(s3, source["S3Uri"], folder)
    elif source or "ModelDataUrl" in container:
        archive(s3, source["S3Uri"] if source else container["ModelDataUrl"], folder)


def split(uri: str) -> tuple[str, str]:
    """Bucket and key of an S3 address."""
    parts = urlsplit(uri)
    return parts.netloc, parts.path.removeprefix("/")


def archive(s3, uri: str, folder: Path) -> None:
    if not uri.endswith(".tar.gz"):
        raise BadModelData(f"Model data {uri} must be a single gzip compressed tar archive (.tar.gz suffix).")
    bucket, key = split(uri)
    with tempfile.TemporaryFile() as file:
        try:
            s3.download_fileobj(bucket, key, file)
        except ClientError:
            raise BadModelData(
                f"Could not access model data at {uri}. Please ensure that the role has permissions to access the "
                "model data and that the object exists."
            ) from None
        file.seek(0)
        try:
            with tarfile.open(fileobj=file, mode="r:gz") as tar:
                tar.extractall(folder, filter="data")
        except (tarfile.TarError, OSError, EOFError) as e:
            raise BadModelData(
                f"Failed to extract model data archive from URL {uri}. Please ensure that the model data is a valid "
                f"gzip compressed tar archive: {e}"
            ) from None


def tree(s3, uri: str, folder: Path) -> None:
    """All below a prefix, by its path there; for the channels of training jobs, too."""
    bucket, prefix = split(uri)
    count = 0
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix):
        for entry in page.get("Contents", []):
            path = entry["Key"].removeprefix(prefix).lstrip("/") or Path(entry["Key"]).name
            if path.endswith("/"):
                continue
            target = folder / path
            if not target.resolve().is_relative_to(folder.resolve()):
                raise BadModelData(f"the key {entry['Key']} leads out of the model's folder")
            target.parent.mkdir(parents=True, exist_ok=True)
            s3.download_file(bucket, entry["Key"], str(target))
            count += 1
    if not count:
        raise BadModelData(f"No S3 objects found under S3 URL {uri} given in the data source.")
