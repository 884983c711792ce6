"""Answers and errors on the wire, as the SDKs read them from services that speak JSON."""

from __future__ import annotations

import datetime
import json
import uuid

from werkzeug import Response

from account.common.errors import AwsError


def rejected(error: AwsError) -> Response:
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
