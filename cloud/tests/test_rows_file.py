from __future__ import annotations

from dataclasses import replace

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws
from samples import DEV, ROWS

from cloud import rows_file
from cloud.rows_file import Rows
from stack.failure import Failure

OTHERS = replace(DEV, account="210987654321")


@pytest.fixture(autouse=True)
def dev(monkeypatch):
    """Credentials of the example account."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    with mock_aws():
        yield


@pytest.fixture
def s3():
    client = boto3.client("s3", region_name="eu-west-1")
    client.create_bucket(
        Bucket="propensity-dev-123456789012", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}
    )
    return client


@pytest.fixture
def rows(tmp_path):
    file = tmp_path / "the rows.csv"
    file.write_text(ROWS)
    return file


def test_uploads_the_rows_below_their_dataset(s3, rows, capsys):
    rows_file.copy_data_to_s3(DEV, Rows(str(rows)))

    uri = "s3://propensity-dev-123456789012/data/insurance/the_rows.csv"
    assert capsys.readouterr().out.startswith(f"{uri} (")
    put = s3.get_object(Bucket="propensity-dev-123456789012", Key="data/insurance/the_rows.csv")
    assert put["Body"].read() == rows.read_bytes()


def test_uploads_rows_again_only_if_they_differ(s3, rows, capsys):
    rows_file.copy_data_to_s3(DEV, Rows(str(rows)))
    rows_file.copy_data_to_s3(DEV, Rows(str(rows)))
    assert "already exists" in capsys.readouterr().out.splitlines()[-1]

    rows.write_text(ROWS.replace(",44,", ",45,"))
    rows_file.copy_data_to_s3(DEV, Rows(str(rows)))
    assert "already exists" not in capsys.readouterr().out
    put = s3.get_object(Bucket="propensity-dev-123456789012", Key="data/insurance/the_rows.csv")
    assert put["Body"].read() == rows.read_bytes()


def test_reports_how_to_create_the_bucket_where_there_is_none(rows):
    with pytest.raises(
        Failure, match="no bucket propensity-dev-123456789012: dev does not exist yet: make "
    ) as failure:
        rows_file.copy_data_to_s3(DEV, Rows(str(rows)))
    assert failure.value.code == 2


def test_writes_nothing_to_another_account(s3, rows):
    with pytest.raises(Failure, match="credentials are of account 123456789012, but dev is in account 210987654321"):
        rows_file.copy_data_to_s3(OTHERS, Rows(str(rows)))
    with pytest.raises(ClientError, match="404"):
        s3.head_object(Bucket="propensity-dev-123456789012", Key="data/insurance/the_rows.csv")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [("absent.csv", None, "no such file"), (".", None, "is a folder"), ("empty.csv", "", "the file is empty")],
)
def test_rejects_a_file_that_is_not_readable(tmp_path, name, content, said):
    file = tmp_path / name
    if content is not None:
        file.write_text(content)
    with pytest.raises(Failure, match=said) as failure:
        rows_file.copy_data_to_s3(DEV, Rows(str(file)))
    assert failure.value.code == 2


@pytest.mark.parametrize(
    ("dataset", "content", "said"),
    [
        ("santander", ROWS.encode(), "missing columns: 'ID_code'"),
        ("insurance", b"\x00\xff\xfe\xfd" * 50, "is a binary file"),
    ],
)
def test_uploads_nothing_that_is_not_the_datasets(dataset, content, said, s3, rows):
    rows.write_bytes(content)

    with pytest.raises(Failure, match=said) as failure:
        rows_file.copy_data_to_s3(DEV, Rows(str(rows), dataset))
    assert failure.value.code == 2
    assert "Contents" not in s3.list_objects_v2(Bucket="propensity-dev-123456789012")


def test_checks_the_rows_before_it_calls_aws(rows):
    with pytest.raises(Failure, match="missing column"):
        rows_file.copy_data_to_s3(OTHERS, Rows(str(rows), "santander"))


def test_rejects_an_unknown_dataset():
    with pytest.raises(Failure, match="DATASET=weather: there are insurance, santander in "):
        rows_file.copy_data_to_s3(DEV, Rows("rows.csv", "weather"))
