"""IAM policies of callers, for S3: what a policy does not allow is denied.

moto decides which statements are about an action and a resource; it knows no conditions on requests, which are
compared here. A key without a policy may do everything.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fnmatch import fnmatchcase

from moto.iam.access_control import IAMPolicyStatement, PermissionResult
from werkzeug import Request, Response

KEY = re.compile(r"Credential=([^/]+)/\d{8}/[^/]+/s3/")
DENIED = '<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Access Denied: {}</Message></Error>'
OBJECTS = {"GET": "s3:GetObject", "HEAD": "s3:GetObject", "PUT": "s3:PutObject", "DELETE": "s3:DeleteObject"}


class Policies:
    def __init__(self):
        self._statements: dict[str, list[dict]] = {}

    def attach(self, key: str, statements: list[dict]) -> None:
        """Restricts a caller, by its access key, to these statements."""
        self._statements[key] = statements

    def answer(self, request: Request, forward: Callable[[], Response]) -> Response | None:
        """The answer to a caller with a policy; None for others."""
        found = KEY.search(request.headers.get("Authorization", ""))
        statements = self._statements.get(found[1]) if found else None
        if statements is None:
            return None
        bucket, _, key = request.path.lstrip("/").partition("/")
        action = operation(request, key)
        prefix = request.args.get("prefix") if not key else None
        if not allowed(statements, action, arn(bucket, key), prefix):
            request.get_data()  # the client that sends it waits until it is read
            return denied(action)
        answer = forward()
        # Only who may list without a prefix learns that an object does not exist.
        if answer.status_code == 404 and key and not allowed(statements, "s3:ListBucket", arn(bucket, ""), None):
            return denied(action)
        return answer


def operation(request: Request, key: str) -> str:
    if not key:
        return "s3:DeleteObject" if "delete" in request.args else "s3:ListBucket"
    if request.method == "DELETE" and "uploadId" in request.args:
        return "s3:AbortMultipartUpload"
    return OBJECTS.get(request.method, "s3:PutObject")


def arn(bucket: str, key: str) -> str:
    return f"arn:aws:s3:::{bucket}/{key}" if key else f"arn:aws:s3:::{bucket}"


def allowed(statements: list[dict], action: str, resource: str, prefix: str | None) -> bool:
    """Whether a statement allows it, and none denies it."""
    applied = [one for one in statements if meets(one.get("Condition", {}), prefix)]
    unconditional = [{name: value for name, value in one.items() if name != "Condition"} for one in applied]
    results = [IAMPolicyStatement(one).is_action_permitted(action, resource) for one in unconditional]
    return PermissionResult.PERMITTED in results and PermissionResult.DENIED not in results


def meets(condition: dict, prefix: str | None) -> bool:
    for operator, keys in condition.items():
        if operator not in ("StringLike", "StringLikeIfExists") or set(keys) != {"s3:prefix"}:
            raise ValueError(f"{operator} on {', '.join(keys)} is not compared here")
        if prefix is None:
            if operator == "StringLike":
                return False
        elif not any(fnmatchcase(prefix, pattern) for pattern in keys["s3:prefix"]):
            return False
    return True


def denied(action: str) -> Response:
    return Response(DENIED.format(action), status=403, content_type="application/xml")
