"""The running server, CONTRACT_SERVER, against its own contract; JUnit's ContractFuzzTest starts both."""

from __future__ import annotations

import json
import os
import urllib.request

import files
import schemathesis
from hypothesis import HealthCheck, given, settings

SERVER = os.environ["CONTRACT_SERVER"]
UPLOAD = "/api/v1/classification/inference/uploadfile"

with urllib.request.urlopen(SERVER + "/api/v1/model") as answer:
    DATASET = json.load(answer)["dataset"]

schemathesis.openapi.media_type("text/csv", files.valid(DATASET))
schema = schemathesis.openapi.from_url(SERVER + "/api/v1/openapi.yaml")
thorough = settings(
    max_examples=int(os.environ.get("CONTRACT_EXAMPLES", "40")),
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@schema.parametrize()
@thorough
def test_every_response_follows_the_contract(case):
    case.call_and_validate()


@thorough
@given(file=files.invalid(DATASET))
def test_invalid_files_are_rejected_with_their_errors(file):
    case = schema[UPLOAD]["POST"].Case(body={"data_file": file}, media_type="multipart/form-data")
    response = case.call()
    case.validate_response(response)
    assert response.status_code == 422, response.text
    problem = response.json()
    assert problem["status"] == 422 and "\n" not in problem["detail"]
