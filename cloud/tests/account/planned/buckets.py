"""How the parts of a bucket are made from a plan's values."""

from __future__ import annotations

import contextlib
from typing import Any

from account.planned.pairs import Tags, Values, pairs


def bucket(aws, values: Values, tags: Tags) -> None:
    name = values["bucket"]
    place = {} if aws.region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": aws.region}}
    # Made before: then only tagged again.
    with contextlib.suppress(aws.s3.exceptions.BucketAlreadyOwnedByYou):
        aws.s3.create_bucket(Bucket=name, **place)
    aws.s3.put_bucket_tagging(Bucket=name, Tagging={"TagSet": pairs(tags)})


def ownership(aws, values: Values, tags: Tags) -> None:
    rules = [{"ObjectOwnership": values["rule"][0]["object_ownership"]}]
    aws.s3.put_bucket_ownership_controls(Bucket=values["bucket"], OwnershipControls={"Rules": rules})


def public_access(aws, values: Values, tags: Tags) -> None:
    names = {"BlockPublicAcls": "block_public_acls", "BlockPublicPolicy": "block_public_policy"}
    names |= {"IgnorePublicAcls": "ignore_public_acls", "RestrictPublicBuckets": "restrict_public_buckets"}
    blocked = {name: values[said] for name, said in names.items()}
    aws.s3.put_public_access_block(Bucket=values["bucket"], PublicAccessBlockConfiguration=blocked)


def versioning(aws, values: Values, tags: Tags) -> None:
    status = {"Status": values["versioning_configuration"][0]["status"]}
    aws.s3.put_bucket_versioning(Bucket=values["bucket"], VersioningConfiguration=status)


def encryption(aws, values: Values, tags: Tags) -> None:
    algorithm = values["rule"][0]["apply_server_side_encryption_by_default"][0]["sse_algorithm"]
    rules = [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": algorithm}}]
    aws.s3.put_bucket_encryption(Bucket=values["bucket"], ServerSideEncryptionConfiguration={"Rules": rules})


def lifecycle(aws, values: Values, tags: Tags) -> None:
    rules = []
    for rule in values["rule"]:
        prefix = (rule["filter"][0] or {}).get("prefix") or ""
        made: dict[str, Any] = {"ID": rule["id"], "Status": rule["status"], "Filter": {"Prefix": prefix}}
        for expiration in rule["expiration"]:
            known = {
                "Days": expiration.get("days"),
                "ExpiredObjectDeleteMarker": expiration.get("expired_object_delete_marker"),
            }
            made["Expiration"] = {name: value for name, value in known.items() if value}
        for old in rule["noncurrent_version_expiration"]:
            made["NoncurrentVersionExpiration"] = {"NoncurrentDays": old["noncurrent_days"]}
        for broken in rule["abort_incomplete_multipart_upload"]:
            made["AbortIncompleteMultipartUpload"] = {"DaysAfterInitiation": broken["days_after_initiation"]}
        rules.append(made)
    aws.s3.put_bucket_lifecycle_configuration(Bucket=values["bucket"], LifecycleConfiguration={"Rules": rules})
