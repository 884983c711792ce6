"""A pod of the simulated cluster: a container of Docker, and its resource in Kubernetes."""

from __future__ import annotations

import contextlib
import copy
import threading
import time
import uuid
from datetime import UTC, datetime

from docker.errors import APIError, ImageNotFound

LABEL = "propensity.cluster"
TOKEN = "/var/run/secrets/eks.amazonaws.com/serviceaccount/token"


class Pod:
    """Pending → Running → Succeeded or Failed."""

    def __init__(self, cluster, namespace: str, body: dict) -> None:
        self.cluster, self.namespace, self.body = cluster, namespace, copy.deepcopy(body)
        self.spec = self.body["spec"]["containers"][0]
        self.body["metadata"] |= {"namespace": namespace, "uid": str(uuid.uuid4()), "creationTimestamp": now()}
        self.phase, self.state = "Pending", {"waiting": {"reason": "ContainerCreating"}}
        self.scheduled: dict = {"status": "True"}
        self.reason: dict[str, str] = {}
        self.container = None

    def start(self) -> None:
        threading.Thread(target=self._run, daemon=True).start()

    def resource(self) -> dict:
        status = {"phase": self.phase, "conditions": [{"type": "PodScheduled"} | self.scheduled]} | self.reason
        status["containerStatuses"] = [
            {
                "name": self.spec["name"],
                "image": self.spec["image"],
                "imageID": "",
                "ready": self.phase == "Running",
                "restartCount": 0,
                "state": self.state,
            }
        ]
        if self.scheduled["status"] == "False":
            del status["containerStatuses"]
        return self.body | {"apiVersion": "v1", "kind": "Pod", "status": status}

    def log(self, timestamps: bool, seconds: int | None) -> bytes:
        """The container's lines of the last seconds, or all."""
        since = None if seconds is None else time.time() - seconds
        with contextlib.suppress(APIError):
            return self.container.logs(timestamps=timestamps, since=since)
        return b""  # it is being deleted

    def evict(self, message: str) -> None:
        """Ends it as the kubelet does where its machine lacks memory."""
        self.phase, self.reason = "Failed", {"reason": "Evicted", "message": message}
        self.container.stop(timeout=0)

    def delete(self, grace: int) -> None:
        """SIGTERM, SIGKILL after the grace, and it is gone."""
        self.body["metadata"]["deletionTimestamp"] = now()

        def end():
            if self.container is not None:
                with contextlib.suppress(APIError):
                    self.container.stop(timeout=min(grace, 3))
                with contextlib.suppress(APIError):
                    self.container.remove(force=True, v=True)
            with self.cluster.lock:
                self.cluster.pods.pop((self.namespace, self.body["metadata"]["name"]), None)

        ending = threading.Thread(target=end, daemon=True)
        ending.start()
        if grace == 0:
            ending.join(30)

    def _run(self) -> None:
        if selector := self.body["spec"].get("nodeSelector"):
            message = f"0/1 nodes are available: 1 node(s) didn't match the node selector {selector}."
            self.scheduled = {"status": "False", "reason": "Unschedulable", "message": message}
            return
        try:
            self.cluster.engine.images.get(self.spec["image"])
            self.container = self._container()
        except ImageNotFound:
            self.state = {"waiting": {"reason": "ErrImagePull", "message": f"{self.spec['image']}: not found"}}
            return
        if "deletionTimestamp" in self.body["metadata"]:
            self.container.remove(force=True, v=True)
            return
        self.phase, self.state = "Running", {"running": {"startedAt": now()}}
        try:
            code = self.container.wait(timeout=None)["StatusCode"]
            self.container.reload()
        except APIError:
            return
        killed = self.container.attrs["State"]["OOMKilled"]
        reason = "OOMKilled" if killed else "Completed" if code == 0 else "Error"
        self.state = {"terminated": {"exitCode": code, "reason": reason, "finishedAt": now()}}
        self.phase = "Failed" if code else "Succeeded"

    def _container(self):
        pod, own = self.body["spec"].get("securityContext", {}), self.spec.get("securityContext", {})
        memory = self.spec["resources"]["limits"]["memory"].removesuffix("i").lower()
        return self.cluster.engine.containers.run(
            self.spec["image"],
            self.spec["args"],
            environment=self._environment(),
            network_mode="host",
            user=str(pod["runAsUser"]),
            cap_drop=own.get("capabilities", {}).get("drop", []),
            security_opt=[] if own.get("allowPrivilegeEscalation", True) else ["no-new-privileges"],
            mem_limit=memory,
            memswap_limit=memory,
            volumes={str(self.cluster.token): {"bind": TOKEN, "mode": "ro"}},
            labels={LABEL: self.namespace},
            detach=True,
        )

    def _environment(self) -> dict[str, str]:
        values = {}
        for variable in self.spec.get("env", []):
            reference = variable.get("valueFrom", {}).get("secretKeyRef")
            name = reference and f"{reference['name']}/{reference['key']}"
            values[variable["name"]] = self.cluster.secrets[name] if name else variable.get("value", "")
        return values | self.cluster.role | {"AWS_WEB_IDENTITY_TOKEN_FILE": TOKEN}


def now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
