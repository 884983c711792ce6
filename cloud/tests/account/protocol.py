"""SageMaker on the wire: JSON requests by operation, and answers and errors as the SDKs read them."""

from __future__ import annotations

import datetime
import json
import logging
import uuid

from werkzeug import Request, Response

from account import runtime, shapes
from account.errors import AwsError

TARGET = "SageMaker."
log = logging.getLogger("account")


def answer(account, request: Request, region: str) -> Response:
    """Every answer of SageMaker: operations by X-Amz-Target, invocations by path."""
    sagemaker = account.region(region)
    parts = request.path.strip("/").split("/")
    try:
        if len(parts) == 3 and parts[0] == "endpoints" and parts[2] == "invocations":
            return runtime.invoke(sagemaker, parts[1], request)
        return operate(sagemaker, request)
    except AwsError as e:
        return refused(e)
    except Exception as e:
        log.exception("a defect of the stand-in")
        return refused(AwsError("InternalFailure", f"{type(e).__name__}: {e}", 500))


def operate(sagemaker, request: Request) -> Response:
    target = request.headers.get("X-Amz-Target", "")
    operation = target.removeprefix(TARGET)
    if operation == target or operation not in shapes.model().operation_names:
        raise AwsError("UnknownOperationException", f"there is no operation {target or request.path}")
    sagemaker.faults.before(operation)
    try:
        asked = json.loads(request.get_data() or b"{}")
    except ValueError:
        raise AwsError("SerializationException", "the request is no JSON document") from None
    if not isinstance(asked, dict):
        raise AwsError("SerializationException", "the request is no JSON object")
    shapes.check_request(operation, asked)
    told = sagemaker.call(operation, asked)
    shapes.check_answer(operation, told)
    sagemaker.faults.after(operation)
    return document(told, 200)


def refused(error: AwsError) -> Response:
    body = {"__type": error.code, "message": error.message, "Message": error.message, **error.members}
    response = document(body, error.status)
    response.headers["x-amzn-ErrorType"] = error.code
    return response


def document(body: dict, status: int) -> Response:
    text = json.dumps(body, default=timestamp)
    response = Response(text, status=status, content_type="application/x-amz-json-1.1")
    response.headers["x-amzn-RequestId"] = str(uuid.uuid4())
    return response


def timestamp(value: datetime.datetime) -> float:
    """Times are seconds since 1970 on the wire."""
    return round(value.timestamp(), 3)
