"""InvokeEndpoint: a request goes to a fleet's container, and its answer back."""

from __future__ import annotations

import http.client
import time
from urllib.parse import urlsplit

from werkzeug import Request, Response

from account.configs import serverless
from account.errors import AwsError
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
    with region.lock:
        endpoint = region.endpoints.by_name.get(name)
        if endpoint is None or endpoint.fleet is None:
            raise AwsError("ValidationError", f"Endpoint {name} of account {ACCOUNT} not found.")
        target = request.headers.get("X-Amzn-SageMaker-Target-Variant")
        fleet = endpoint.route()
        variant = target or weighted(endpoint)
        if variant not in fleet.containers:
            raise AwsError("ValidationError", f"Variant {variant} not found for endpoint {name}.")
        instances = endpoint.counts.get(variant, 1)
    body = request.get_data()
    limit = SERVERLESS_BYTES if serverless(fleet.config) else REAL_TIME_BYTES
    if len(body) > limit:
        raise AwsError("ValidationError", f"Request body size {len(body)} exceeds the limit of {limit} bytes.", 413)
    began = time.monotonic()
    status, headers, answer = forward(region, fleet, variant, request, body)
    micros = (time.monotonic() - began) * 1e6
    measured = {
        "Invocations": 1.0,
        "InvocationsPerInstance": 1 / max(1, instances),
        "Invocation4XXErrors": float(400 <= status < 500),
        "Invocation5XXErrors": float(status >= 500 or status == 0),
        "ModelLatency": float(round(micros)),
        "OverheadLatency": 1000.0,
    }
    region.metrics.record((name, variant), measured)
    if not 200 <= status < 300:
        raise model_error(region, endpoint, status, answer)
    if len(answer) > limit:
        raise model_error(region, endpoint, 0, f"Response size {len(answer)} exceeds {limit} bytes".encode())
    about = {
        "attributes": request.headers.get("X-Amzn-SageMaker-Custom-Attributes"),
        "inference_id": request.headers.get("X-Amzn-SageMaker-Inference-Id"),
    }
    asked = {"type": request.headers.get("Content-Type"), "body": body}
    answered = {"type": headers.get("Content-Type"), "body": answer}
    region.capture.record(endpoint, fleet.config, variant, asked, answered, about)
    response = Response(answer, status=200, content_type=headers.get("Content-Type"))
    response.headers["x-Amzn-Invoked-Production-Variant"] = variant
    for header in HEADERS[:1]:
        if headers.get(header):
            response.headers[header] = headers[header]
    return response


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
