"""The simulated account's InvokeEndpoint: headers, limits, errors, metrics and captured requests."""

from __future__ import annotations

import json
import threading
import time

import pytest
from botocore.exceptions import ClientError
from samples import BUCKET, ask, make_config, make_model, settled, variant
from samples import create as create_endpoint


def create(account, name: str, **behavior) -> None:
    make_config(account, name, **behavior)
    account.client("sagemaker").create_endpoint(EndpointName=name, EndpointConfigName=name)
    settled(account, name)


def error(account, endpoint: str, body: bytes = b"1") -> dict:
    with pytest.raises(ClientError) as caught:
        ask(account, endpoint, body)
    return caught.value.response


def test_reports_what_the_container_responded_where_it_rejects(account, sagemaker):
    create(account, "rejecting", status=422)
    described = error(account, "rejecting", b"invalid row")
    assert described["Error"]["Code"] == "ModelError"
    assert described["ResponseMetadata"]["HTTPStatusCode"] == 424
    assert described["OriginalStatusCode"] == 422
    assert json.loads(described["OriginalMessage"])["body"] == "invalid row"
    assert "Received client error (422) from primary with message" in described["Error"]["Message"]


def test_gives_up_on_a_container_that_takes_too_long(account, sagemaker):
    create(account, "slow", seconds=2)
    account.settings.invocation_seconds = 0.5
    try:
        described = error(account, "slow")
    finally:
        account.settings.invocation_seconds = 60
    assert described["OriginalStatusCode"] == 0
    assert "Your invocation timed out while waiting for a response" in described["OriginalMessage"]


def test_takes_six_mebibytes_and_no_more(account, sagemaker):
    create(account, "large")
    assert ask(account, "large", b"x" * (6 << 20))
    assert error(account, "large", b"x" * ((6 << 20) + 1))["Error"]["Code"] == "ValidationError"


def test_serverless_endpoints_take_four_mebibytes(account, sagemaker):
    make_model(account, "calm")
    calm = {"VariantName": "model", "ModelName": "calm"}
    calm["ServerlessConfig"] = {"MemorySizeInMB": 2048, "MaxConcurrency": 5}
    sagemaker.create_endpoint_config(EndpointConfigName="calm", ProductionVariants=[calm])
    sagemaker.create_endpoint(EndpointName="calm", EndpointConfigName="calm")
    described = settled(account, "calm")
    assert described["ProductionVariants"][0]["CurrentServerlessConfig"] == calm["ServerlessConfig"]
    assert ask(account, "calm", b"x" * (4 << 20))
    assert error(account, "calm", b"x" * ((4 << 20) + 1))["Error"]["Code"] == "ValidationError"


def test_serverless_endpoints_are_throttled_beyond_their_concurrency(account, sagemaker):
    make_model(account, "single", seconds=1)
    single = {"VariantName": "model", "ModelName": "single"}
    single["ServerlessConfig"] = {"MemorySizeInMB": 1024, "MaxConcurrency": 1}
    sagemaker.create_endpoint_config(EndpointConfigName="single", ProductionVariants=[single])
    create_endpoint(account, "single", "single")
    first = threading.Thread(target=ask, args=(account, "single"))
    first.start()
    time.sleep(0.3)
    assert error(account, "single")["Error"] == {"Code": "ThrottlingException", "Message": "Rate exceeded"}
    first.join()
    assert ask(account, "single")


def test_knows_no_endpoint_that_is_not_there(account, sagemaker):
    assert error(account, "nowhere")["Error"] == {
        "Code": "ValidationError",
        "Message": "Endpoint nowhere of account 123456789012 not found.",
    }


def test_captures_requests_and_responses(account, sagemaker):
    make_model(account, "kept")
    capture = {
        "EnableCapture": True,
        "InitialSamplingPercentage": 50,
        "DestinationS3Uri": f"s3://{BUCKET}/capture",
        "CaptureOptions": [{"CaptureMode": "Input"}, {"CaptureMode": "Output"}],
        "CaptureContentTypeHeader": {"CsvContentTypes": ["text/csv"], "JsonContentTypes": ["application/json"]},
    }
    sagemaker.create_endpoint_config(
        EndpointConfigName="kept", ProductionVariants=[variant("kept")], DataCaptureConfig=capture
    )
    sagemaker.create_endpoint(EndpointName="kept", EndpointConfigName="kept")
    assert settled(account, "kept")["DataCaptureConfig"]["CurrentSamplingPercentage"] == 50
    for number in range(10):
        ask(account, "kept", f"{number},yes".encode(), CustomAttributes="trace=1", InferenceId=str(number))
    lines, until = [], time.monotonic() + 60
    while len(lines) < 5:
        assert time.monotonic() < until
        lines = captured(account, f"capture/kept/model/{time.gmtime().tm_year}/")
    first = json.loads(lines[0])
    assert first["captureData"]["endpointInput"] == {
        "observedContentType": "text/csv",
        "mode": "INPUT",
        "data": "1,yes",
        "encoding": "CSV",
    }
    assert json.loads(first["captureData"]["endpointOutput"]["data"])["model"] == "kept"
    assert first["eventMetadata"]["customAttributes"] == ["trace=1"]
    assert first["eventMetadata"]["inferenceId"] == "1"
    assert len(lines) == 5


def captured(account, prefix: str) -> list[str]:
    s3 = account.client("s3")
    keys = [one["Key"] for one in s3.list_objects_v2(Bucket=BUCKET, Prefix=prefix).get("Contents", [])]
    bodies = [s3.get_object(Bucket=BUCKET, Key=key)["Body"].read().decode() for key in sorted(keys)]
    return [line for body in bodies for line in body.splitlines()]
