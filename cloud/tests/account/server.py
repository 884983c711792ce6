"""The account as one server on 127.0.0.1: SageMaker is the strict simulation, everything else is moto."""

from __future__ import annotations

import io
import json
import logging
import re
import threading
from collections import Counter
from collections.abc import Callable

import boto3
from botocore.config import Config
from moto.moto_api._internal import moto_api_backend
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug import Request, Response
from werkzeug.serving import make_server
from werkzeug.test import EnvironBuilder, run_wsgi_app

from account import bucket_policies, control, tagging
from account.common import containers
from account.ecs import operations as ecs
from account.faults import Faults
from account.policies import Policies
from account.sagemaker import protocol
from account.sagemaker.endpoints import autoscaling
from account.sagemaker.region import SimulatedSageMaker
from account.settings import REGION, SimulatedSettings

# Who answers for a service, by its name in the credential scope: function(account, request, region) → Response, or
# None where moto is to answer. All other services are moto's.
SERVICES: dict[str, Callable] = {
    "application-autoscaling": autoscaling.answer,
    "ecs": ecs.answer,
    "sagemaker": protocol.answer,
    "tagging": tagging.answer,
}
WATCHED = ("application-autoscaling", "monitoring")
"""Services whose changes are counted; that of alarms is named monitoring."""

OPERATION = re.compile(rb"(?:^|&)Action=(\w+)")
READS = (b"Describe", b"Get", b"List")
"""How the operations that only read begin."""

SCOPE = re.compile(r"Credential=[^/]+/\d{8}/([^/]+)/([^/]+)/aws4_request")
# Any will do: nothing here looks at keys.
KEYS = {"AWS_ACCESS_KEY_ID": "account", "AWS_SECRET_ACCESS_KEY": "account"}


def operation(request: Request, body: bytes) -> bytes:
    """The operation's name: in a header, as the last part of the path, or as a parameter of a form."""
    if target := request.headers.get("X-Amz-Target", ""):
        return target.rpartition(".")[2].encode()
    if "/operation/" in request.path:
        return request.path.rpartition("/")[2].encode()
    found = OPERATION.search(body)
    return found[1] if found else b""


class QuietHandler(MotoRequestHandler):
    def log_request(self, *arguments, **named) -> None:
        """Says nothing of a request that was answered."""


class SimulatedAccount:
    """One account, with all its regions. One a process: moto's state is the process's own.

    with SimulatedAccount(SimulatedSettings(step=0.1)) as account:
        account.client("sagemaker").create_model(…)
    """

    def __init__(self, settings: SimulatedSettings | None = None, port: int = 0):
        self.settings = settings or SimulatedSettings()
        self.faults, self.policies = Faults(), Policies()
        self.regions: dict[str, SimulatedSageMaker] = {}
        self._lock, self._clients = threading.RLock(), {}
        self._changes: Counter[str] = Counter()
        self._ends: list[Callable[[], None]] = []
        self._moto = DomainDispatcherApplication(create_backend_app)
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        moto_api_backend.reset()
        bucket_policies.keep_only()
        self._server = make_server("127.0.0.1", port, self._answer, threaded=True, request_handler=QuietHandler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True),
            threading.Thread(target=self._ticks, daemon=True),
        ]

    def at_stop(self, work: Callable[[], None]) -> None:
        """Has this done when the account is stopped: whoever starts something ends it."""
        self._ends.append(work)

    def start(self) -> SimulatedAccount:
        containers.reap()
        for thread in self._threads:
            thread.start()
        return self

    def stop(self) -> None:
        """Ends every container and the server."""
        self._stopping.set()
        self._threads[1].join(30)
        for region in self.regions.values():
            region.stop()
        for work in self._ends:
            work()
        self._server.shutdown()
        self._server.server_close()

    def __enter__(self) -> SimulatedAccount:
        return self.start()

    def __exit__(self, *_) -> None:
        self.stop()

    def region(self, name: str) -> SimulatedSageMaker:
        with self._lock:
            if name not in self.regions:
                self.regions[name] = SimulatedSageMaker(self, name)
            return self.regions[name]

    def client(self, service: str, region: str = REGION):
        """A client of this account."""
        with self._lock:
            if (service, region) not in self._clients:
                self._clients[service, region] = boto3.client(
                    service,
                    region_name=region,
                    endpoint_url=self.url,
                    aws_access_key_id="account",
                    aws_secret_access_key="account",
                    config=Config(max_pool_connections=50, retries={"total_max_attempts": 1}),
                )
            return self._clients[service, region]

    def environment(self) -> dict[str, str]:
        """What leads an AWS SDK to this account."""
        return {"AWS_ENDPOINT_URL": self.url, "AWS_REGION": REGION, **KEYS}

    def moto_answer(self, request: Request, body: dict) -> dict:
        """What moto answers to a request with another body."""
        data = json.dumps(body).encode()
        headers = {name: value for name, value in request.headers if name.lower() != "content-length"}
        environ = EnvironBuilder(request.path, self.url, method="POST", headers=headers, data=data).get_environ()
        parts, _, _ = run_wsgi_app(self._moto, environ)
        return json.loads(b"".join(parts))

    def changes(self, service: str) -> int:
        """How many requests so far may have changed something of a service in ``WATCHED``, in any region.

        Whoever looks again and again needs to only where it has grown since."""
        return self._changes[service]

    def _answer(self, environ: dict, start_response: Callable):
        request = Request(environ)
        if request.path == "/_control":
            return control.answer(self, request)(environ, start_response)
        if request.path == "/_credentials":
            return control.credentials()(environ, start_response)
        scope = SCOPE.search(request.headers.get("Authorization", ""))
        region, service = scope.groups() if scope else (REGION, "")
        if service not in SERVICES and service not in WATCHED:
            restricted = self.policies.answer(request, lambda: Response.from_app(self._moto, environ))
            return (restricted or self._moto)(environ, start_response)
        body = request.get_data()
        environ["wsgi.input"] = io.BytesIO(body)
        environ["CONTENT_LENGTH"] = str(len(body))
        try:
            response: Response | None = SERVICES[service](self, request, region) if service in SERVICES else None
            return (response or self._moto)(environ, start_response)
        finally:
            if not operation(request, body).startswith(READS):
                with self._lock:
                    self._changes[service] += 1

    def _ticks(self) -> None:
        pause = min(0.5, max(0.05, self.settings.step / 4))
        log = logging.getLogger("account")
        while not self._stopping.wait(pause):
            for region in list(self.regions.values()):
                try:
                    region.tick()
                except Exception:
                    log.exception("metrics, alarms or scaling")
