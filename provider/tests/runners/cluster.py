"""A simulated Kubernetes cluster: the calls that the Kubernetes runner makes, with pods that really run, in Docker.

Requests are read by the models of the Kubernetes client: a field that they lack is rejected, as a cluster
with strict validation does.
"""

from __future__ import annotations

import json
import re
import threading
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from pod_requests import Rejected, check, selected
from pods import Pod

PODS = re.compile(r"/api/v1/namespaces/([a-z0-9-]+)/pods(?:/([a-z0-9-]+))?(/log)?")


class Cluster:
    """One cluster on 127.0.0.1.

    :param engine: the Docker Engine
    :param role: what a service account's role means to a pod: environment variables
    :param token: the file of the service account's token, which the role's keys are exchanged for
    :param secrets: the Secrets' values, by ``name/key``
    :param kubeconfig: the file of the kubeconfig that leads here
    """

    def __init__(self, engine, role: dict[str, str], token: Path, secrets: dict[str, str], kubeconfig: Path) -> None:
        self.engine, self.role, self.token, self.secrets = engine, role, token, secrets
        self.kubeconfig = kubeconfig
        self.faults: list[Rejected] = []
        self.pods: dict[tuple[str, str], Pod] = {}
        self.lock = threading.RLock()
        handler = type("SimulatedClusterHandler", (SimulatedClusterHandler,), {"cluster": self})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def configuration(self) -> dict:
        """A kubeconfig that leads here."""
        return {
            "apiVersion": "v1",
            "kind": "Config",
            "current-context": "test",
            "clusters": [{"name": "test", "cluster": {"server": f"http://127.0.0.1:{self.server.server_port}"}}],
            "users": [{"name": "test", "user": {}}],
            "contexts": [{"name": "test", "context": {"cluster": "test", "user": "test"}}],
        }

    def stop(self) -> None:
        for pod in list(self.pods.values()):
            pod.delete(0)
        self.server.shutdown()

    def create(self, namespace: str, body: dict) -> dict:
        check(body)
        name = body["metadata"]["name"]
        with self.lock:
            if (namespace, name) in self.pods:
                raise Rejected(409, "AlreadyExists", f'pods "{name}" already exists')
            pod = Pod(self, namespace, body)
            self.pods[namespace, name] = pod
        pod.start()
        return pod.resource()

    def get(self, namespace: str, name: str) -> Pod:
        with self.lock:
            if (namespace, name) not in self.pods:
                raise Rejected(404, "NotFound", f'pods "{name}" not found')
            return self.pods[namespace, name]

    def listed(self, namespace: str, selector: str) -> dict:
        with self.lock:
            found = [pod.resource() for (space, _), pod in self.pods.items() if space == namespace]
        items = [pod for pod in found if selected(pod["metadata"].get("labels", {}), selector)]
        return {"apiVersion": "v1", "kind": "PodList", "metadata": {"resourceVersion": "1"}, "items": items}


class SimulatedClusterHandler(BaseHTTPRequestHandler):
    cluster: Cluster

    def log_message(self, *arguments) -> None:
        """Says nothing."""

    def do_GET(self) -> None:
        self._answer("GET")

    def do_POST(self) -> None:
        self._answer("POST")

    def do_DELETE(self) -> None:
        self._answer("DELETE")

    def _answer(self, method: str) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(length) or b"{}") if length else {}
        split = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(split.query).items()}
        try:
            if self.cluster.faults:
                raise self.cluster.faults.pop(0)
            if match := PODS.fullmatch(split.path):
                self._pods(method, match, query, body)
            else:
                raise Rejected(404, "NotFound", f"{split.path} is not stood in for")
        except Rejected as rejected:
            self._respond(rejected.body, rejected.code)

    def _pods(self, method: str, match: re.Match, query: dict, body: dict) -> None:
        namespace, name, log = match.groups()
        if name is None:
            self._respond(
                self.cluster.create(namespace, body)
                if method == "POST"
                else self.cluster.listed(namespace, query.get("labelSelector", ""))
            )
        elif log:
            self._log(self.cluster.get(namespace, name), query)
        elif method == "DELETE":
            pod = self.cluster.get(namespace, name)
            pod.delete(int(query.get("gracePeriodSeconds", body.get("gracePeriodSeconds") or 3)))
            self._respond(pod.resource())
        else:
            self._respond(self.cluster.get(namespace, name).resource())

    def _log(self, pod: Pod, query: dict) -> None:
        seconds = int(query["sinceSeconds"]) if "sinceSeconds" in query else None
        text = pod.log(query.get("timestamps") in ("true", "True"), seconds)
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def _respond(self, body: dict, code: int = 200) -> None:
        text = json.dumps(body).encode()
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.send_header("Audit-Id", str(uuid.uuid4()))
        self.end_headers()
        self.wfile.write(text)
