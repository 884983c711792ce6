"""Data capture: what was asked and answered, in files on S3."""

from __future__ import annotations

import base64
import contextlib
import json
import threading
import uuid

from botocore.exceptions import ClientError

from account.common.listing import now
from account.sagemaker.model_data import split


class Capture:
    def __init__(self, region):
        self._region = region
        self._lock = threading.Lock()
        # By endpoint and variant: what is due of the next capture, and the lines that wait.
        self._due: dict[tuple[str, str], float] = {}
        self._lines: dict[tuple[str, str, str], list[str]] = {}

    def record(self, endpoint, config: dict, variant: str, asked: dict, answered: dict, about: dict) -> None:
        """Keeps one invocation, if it is of the share to be kept.

        Asked and answered have content type (or none) and body; about has custom attributes and inference id."""
        wanted = config.get("DataCaptureConfig")
        if not wanted or not wanted.get("EnableCapture"):
            return
        with self._lock:
            due = self._due.get((endpoint.name, variant), 0.0) + wanted["InitialSamplingPercentage"] / 100
            self._due[endpoint.name, variant] = due - (due >= 1)
            if due < 1:
                return
            line = json.dumps(event(wanted, asked, answered, about))
            self._lines.setdefault((wanted["DestinationS3Uri"], endpoint.name, variant), []).append(line)

    def flush(self) -> None:
        """Writes the lines that wait, a file for each variant."""
        with self._lock:
            waiting, self._lines = self._lines, {}
        for (destination, endpoint, variant), lines in waiting.items():
            bucket, prefix = split(destination)
            moment = now()
            name = f"{moment:%M-%S}-{moment.microsecond // 1000:03d}-{uuid.uuid4()}.jsonl"
            key = f"{prefix.rstrip('/')}/{endpoint}/{variant}/{moment:%Y/%m/%d/%H}/{name}".lstrip("/")
            body = "".join(f"{line}\n" for line in lines).encode()
            # What cannot be written is lost, and no invocation fails for it.
            with contextlib.suppress(ClientError):
                self._region.client("s3").put_object(Bucket=bucket, Key=key, Body=body)


def event(wanted: dict, asked: dict, answered: dict, about: dict) -> dict:
    """One line, as the page of SageMaker's data capture shows it."""
    modes = {option["CaptureMode"] for option in wanted["CaptureOptions"]}
    types = wanted.get("CaptureContentTypeHeader", {})
    data = {}
    if modes & {"Input", "InputAndOutput"}:
        data["endpointInput"] = captured("INPUT", asked, types)
    if modes & {"Output", "InputAndOutput"}:
        data["endpointOutput"] = captured("OUTPUT", answered, types)
    metadata = {"eventId": str(uuid.uuid4())}
    if about.get("attributes"):
        metadata["customAttributes"] = [about["attributes"]]
    if about.get("inference_id"):
        metadata["inferenceId"] = about["inference_id"]
    metadata["inferenceTime"] = f"{now():%Y-%m-%dT%H:%M:%SZ}"
    return {"captureData": data, "eventMetadata": metadata, "eventVersion": "0"}


def captured(mode: str, side: dict, types: dict) -> dict:
    kind = (side["type"] or "").split(";")[0].strip()
    csv, documents = types.get("CsvContentTypes", ["text/csv"]), types.get("JsonContentTypes", ["application/json"])
    encoding = "CSV" if kind in csv else "JSON" if kind in documents else "BASE64"
    data = base64.b64encode(side["body"]).decode() if encoding == "BASE64" else side["body"].decode(errors="replace")
    return {"observedContentType": side["type"], "mode": mode, "data": data, "encoding": encoding}
