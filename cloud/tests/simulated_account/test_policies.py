"""The simulated account's IAM policies of callers: what S3 denies."""

from __future__ import annotations

import boto3
import pytest
from botocore.exceptions import ClientError
from samples import BUCKET

ARN = f"arn:aws:s3:::{BUCKET}"
STATEMENTS = [
    {"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": [f"{ARN}/*"]},
    {"Effect": "Deny", "Action": ["s3:GetObject"], "Resource": [f"{ARN}/captures/*"]},
    {
        "Effect": "Allow",
        "Action": ["s3:ListBucket"],
        "Resource": [ARN],
        "Condition": {"StringLike": {"s3:prefix": ["models/*"]}},
    },
]


@pytest.fixture(scope="module")
def s3(account):
    account.policies.attach("limited", STATEMENTS)
    keys = {"aws_access_key_id": "limited", "aws_secret_access_key": "limited"}
    return boto3.client("s3", region_name="eu-west-1", endpoint_url=account.url, **keys)


def denied(call, **arguments) -> bool:
    with pytest.raises(ClientError) as caught:
        call(Bucket=BUCKET, **arguments)
    return caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403


def test_allows_what_a_statement_allows(s3):
    s3.put_object(Bucket=BUCKET, Key="models/1", Body=b"1")
    assert s3.get_object(Bucket=BUCKET, Key="models/1")["Body"].read() == b"1"
    assert [one["Key"] for one in s3.list_objects_v2(Bucket=BUCKET, Prefix="models/")["Contents"]] == ["models/1"]


def test_denies_everything_else(s3, account):
    s3.put_object(Bucket=BUCKET, Key="captures/1", Body=b"1")
    assert denied(s3.get_object, Key="captures/1")
    assert denied(s3.head_object, Key="captures/1")
    assert denied(s3.delete_object, Key="models/1")
    assert denied(s3.delete_objects, Delete={"Objects": [{"Key": "models/1"}]})
    assert denied(s3.list_objects_v2, Prefix="captures/")
    assert denied(s3.list_objects_v2)
    assert account.client("s3").get_object(Bucket=BUCKET, Key="captures/1")["Body"].read() == b"1"


def test_only_who_may_list_learns_that_an_object_does_not_exist(s3):
    assert denied(s3.get_object, Key="models/none")
