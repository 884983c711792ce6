"""SageMaker of one region: what is there, and its operations."""

from __future__ import annotations

import threading

from botocore import xform_name

from account.common.errors import AwsError
from account.sagemaker.configs import Configs
from account.sagemaker.endpoints.alarms import Alarms
from account.sagemaker.endpoints.capture import Capture
from account.sagemaker.endpoints.metrics import Metrics
from account.sagemaker.endpoints.operations import Endpoints
from account.sagemaker.endpoints.scaling import Scaling
from account.sagemaker.models import Models
from account.sagemaker.tags import Tags
from account.sagemaker.training.operations import Jobs
from account.settings import ACCOUNT


class SimulatedSageMaker:
    """Its parts have a method for each operation, by the operation's name in Python's form."""

    def __init__(self, account, region: str):
        self.account, self.region = account, region
        self.settings, self.faults = account.settings, account.faults
        # Held by each operation while it looks and changes; background work takes it for its own changes.
        self.lock = threading.RLock()
        # Set once the account is being stopped: nothing waits any longer.
        self.stopping = threading.Event()
        self.tags = Tags(self)
        self.models = Models(self)
        self.configs = Configs(self)
        self.endpoints = Endpoints(self)
        self.jobs = Jobs(self)
        self.metrics = Metrics(self)
        self.alarms = Alarms(self)
        self.scaling = Scaling(self)
        self.capture = Capture(self)

    def client(self, service: str):
        """A client of the account's other services, of this region."""
        return self.account.client(service, self.region)

    def arn(self, kind: str, name: str) -> str:
        return f"arn:aws:sagemaker:{self.region}:{ACCOUNT}:{kind}/{name}"

    def call(self, operation: str, request: dict) -> dict:
        """The operation's answer.

        Raises AwsError for an operation that is not stood in for."""
        name = xform_name(operation)
        for part in (self.models, self.configs, self.endpoints, self.jobs, self.tags):
            if hasattr(part, name):
                with self.lock:
                    return getattr(part, name)(request) or {}
        raise AwsError("UnknownOperationException", f"{operation} is not stood in for", 501)

    def tick(self) -> None:
        """What goes on by itself: metrics, alarms, scaling, captured requests."""
        self.capture.flush()
        if self.endpoints.by_name:
            self.metrics.flush()
            self.alarms.evaluate()
            self.scaling.follow()

    def stop(self) -> None:
        """Ends every container."""
        self.stopping.set()
        self.endpoints.stop()
        self.jobs.stop()
