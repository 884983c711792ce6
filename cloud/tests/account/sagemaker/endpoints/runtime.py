"""InvokeEndpoint: a request goes to a fleet's container, and its answer back."""

from __future__ import annotations

import contextlib
import http.client
import time
from urllib.parse import urlsplit

from werkzeug import Request, Response

from account.common.errors import AwsError
from account.sagemaker.configs import serverless
from account.settings import ACCOUNT

REAL_TIME_BYTES, SERVERLESS_BYTES = 6 << 20, 4 << 20
# Handed on to the container, and where it answers with one, back.
HEADERS = (
    "X-Amzn-SageMaker-Custom-Attributes",
    "X-Amzn-SageMaker-Inference-Id",
    "X-Amzn-SageMaker-Target-Variant",
)


def invoke(region, name: str, request: Request) -> Response:
    """The container's answer.

    Raises AwsError, ModelError where the container did not answer well."""
    region.faults.before("InvokeEndpoint")
    body = request.get_data()
    with chosen(region, name, request.headers.get("X-Amzn-SageMaker-Target-Variant")) as (endpoint, fleet, variant):
        limit = SERVERLESS_BYTES if serverless(fleet.config) else REAL_TIME_BYTES
        if len(body) > limit:
            message = f"Request body size {len(body)} exceeds the limit of {limit} bytes."
            raise AwsError("ValidationError", message, 413)
        began = time.monotonic()
        status, headers, answer = forward(region, fleet, variant, request, body)
        measure(region, endpoint, variant, status, time.monotonic() - began)
    if len(answer) > limit:
        status, answer = 0, f"The response of {len(answer)} bytes exceeds the limit of {limit}".encode()
    if not 200 <= status < 300:
        raise model_error(region, endpoint, status, answer)
    keep(region, endpoint, fleet, variant, request, headers, answer)
    response = Response(answer, status=200, content_type=headers.get("Content-Type"))
    response.headers["x-Amzn-Invoked-Production-Variant"] = variant
    if headers.get(HEADERS[0]):
        response.headers[HEADERS[0]] = headers[HEADERS[0]]
    return response


@contextlib.contextmanager
def chosen(region, name: str, target: str | None):
    """The endpoint, and the fleet and variant whose turn it is; the fleet does not end meanwhile."""
    with region.lock:
        endpoint = region.endpoints.by_name.get(name)
        if endpoint is None or endpoint.fleet is None:
            raise AwsError("ValidationError", f"Endpoint {name} of account {ACCOUNT} not found.")
        fleet = endpoint.route()
        variant = target or weighted(endpoint)
        if variant not in fleet.containers:
            raise AwsError("ValidationError", f"Variant {variant} not found for endpoint {name}.")
        if fleet.full():
            raise AwsError("ThrottlingException", "Rate exceeded")
        hold = fleet.busy()
        hold.__enter__()
    try:
        yield endpoint, fleet, variant
    finally:
        hold.__exit__(None, None, None)


def measure(region, endpoint, variant: str, status: int, seconds: float) -> None:
    values = {
        "Invocations": 1.0,
        "InvocationsPerInstance": 1 / max(1, endpoint.counts.get(variant, 1)),
        "Invocation4XXErrors": float(400 <= status < 500),
        "Invocation5XXErrors": float(status >= 500 or status == 0),
        "ModelLatency": float(round(seconds * 1e6)),
        "OverheadLatency": 1000.0,
    }
    region.metrics.record((endpoint.name, variant), values)


def keep(region, endpoint, fleet, variant: str, request: Request, headers: dict, answer: bytes) -> None:
    """Hands what was asked and answered to the data capture."""
    about = {
        "attributes": request.headers.get("X-Amzn-SageMaker-Custom-Attributes"),
        "inference_id": request.headers.get("X-Amzn-SageMaker-Inference-Id"),
    }
    asked = {"type": request.headers.get("Content-Type"), "body": request.get_data()}
    answered = {"type": headers.get("Content-Type"), "body": answer}
    region.capture.record(endpoint, fleet.config, variant, asked, answered, about)


def weighted(endpoint) -> str:
    """The variant whose turn it is, by the variants' weights."""
    weights = endpoint.weights
    total = sum(weights.values()) or 1.0
    # The fraction of a golden ratio sequence spreads evenly and is the same in every run.
    point = (endpoint.turns() * 0.6180339887498949) % 1.0 * total
    for name, weight in weights.items():
        point -= weight
        if point < 0:
            return name
    return next(reversed(weights))


def forward(region, fleet, variant: str, request: Request, body: bytes) -> tuple[int, dict, bytes]:
    """Status, headers and body of the container's answer; 0 and a message where there was none."""
    if fleet.fails():
        return 500, {}, b"Internal Server Error"
    headers = {name: request.headers[name] for name in ("Content-Type", "Accept", *HEADERS) if name in request.headers}
    place = urlsplit(fleet.containers[variant].url)
    connection = http.client.HTTPConnection(place.hostname, place.port, timeout=region.settings.invocation_seconds)
    try:
        connection.request("POST", "/invocations", body, headers)
        answer = connection.getresponse()
        return answer.status, dict(answer.headers.items()), answer.read()
    except TimeoutError:
        words = (
            "Your invocation timed out while waiting for a response from container primary. Review the latency "
            "metrics for each container in Amazon CloudWatch, resolve the issue, and try again."
        )
        return 0, {}, words.encode()
    except (OSError, http.client.HTTPException) as e:
        return 503, {}, f"the container does not answer: {e}".encode()
    finally:
        connection.close()


def model_error(region, endpoint, status: int, answer: bytes) -> AwsError:
    said = answer.decode(errors="replace")
    side = "client" if 400 <= status < 500 else "server"
    group = f"/aws/sagemaker/Endpoints/{endpoint.name}"
    message = (
        f'Received {side} error ({status}) from primary with message "{said}". See https://{region.region}.console.'
        f"aws.amazon.com/cloudwatch/home?region={region.region}#logEventViewer:group={group} in account {ACCOUNT} "
        "for more information."
    )
    return AwsError(
        "ModelError",
        message,
        424,
        OriginalMessage=said,
        OriginalStatusCode=status,
        LogStreamArn=f"arn:aws:logs:{region.region}:{ACCOUNT}:log-group:{group}",
    )
