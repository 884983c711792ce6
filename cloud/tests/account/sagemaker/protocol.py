"""SageMaker on the wire: JSON requests by operation, and answers and errors as the SDKs read them."""

from __future__ import annotations

import json
import logging

from werkzeug import Request, Response

from account.common import shapes
from account.common.answers import document, rejected
from account.common.errors import AwsError
from account.sagemaker.endpoints import runtime

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
        return rejected(e)
    except Exception as e:
        log.exception("an internal error of the simulated account")
        return rejected(AwsError("InternalFailure", f"{type(e).__name__}: {e}", 500))


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
    response = sagemaker.call(operation, asked)
    shapes.check_answer(operation, response)
    sagemaker.faults.after(operation)
    return document(response, 200)
