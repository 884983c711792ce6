"""How an endpoint comes to be, changes and ends: two fleets, traffic that moves, alarms, and the way back."""

from __future__ import annotations

import time

from account.common.listing import now
from account.sagemaker.endpoints import policies
from account.sagemaker.endpoints.endpoint import Endpoint
from account.sagemaker.endpoints.fleets import Fleet, FleetFailure

POLL = 0.02


class RolledBack(Exception):
    """Why the update goes back."""


class Deployment:
    """One change of one endpoint, in a thread of its own."""

    def __init__(self, region, endpoint: Endpoint):
        self._region, self._endpoint, self._stopping = region, endpoint, region.stopping
        # Alarms count from here on; the whole is over by the deadline.
        self._began, self._deadline = time.monotonic(), float("inf")

    def create(self) -> None:
        """Creating → InService, or Failed."""
        endpoint, fleet = self._endpoint, Fleet(self._region, self._endpoint.name, self._endpoint.config)
        self._begin()
        try:
            fleet.start()
        except FleetFailure as e:
            self._turn("Failed", str(e))
            return
        if self._stopping.is_set():
            fleet.stop()
            return
        with self._region.lock:
            endpoint.fleet = fleet
            endpoint.turn("InService")

    def update(self, config: dict, counts: dict[str, int], weights: dict[str, float]) -> None:
        """Updating → InService with the new configuration; or RollingBack → InService with the old one."""
        endpoint, policy = self._endpoint, (self._endpoint.deployment or {}).get("BlueGreenUpdatePolicy")
        if policy and "MaximumExecutionTimeoutInSeconds" in policy:
            limit = self._region.settings.real(policy["MaximumExecutionTimeoutInSeconds"])
            # The containers' start keeps its real time, whatever the speed.
            self._deadline = time.monotonic() + limit + self._region.settings.health_seconds
        green = Fleet(self._region, endpoint.name, config)
        green.midway = self._region.faults.comes("midway")
        with self._region.lock:
            endpoint.pending, endpoint.pending_counts = green, counts
            self._stage("Creating", 0.0)
        try:
            self._begin()
            green.start()
            self._shift(green, policy)
        except (FleetFailure, RolledBack) as e:
            self._back(green, str(e))
            return
        with self._region.lock:
            blue, endpoint.fleet, endpoint.pending, endpoint.share = endpoint.fleet, green, None, 0.0
            endpoint.config, endpoint.counts, endpoint.weights = config, counts, weights
            endpoint.desired = counts
            endpoint.turn("InService")
        blue.drain()
        blue.stop()

    def resize(self, counts: dict[str, int], weights: dict[str, float]) -> None:
        """Updating → InService with other counts and weights."""
        self._stopping.wait(self._region.settings.step)
        with self._region.lock:
            self._endpoint.counts, self._endpoint.weights = counts, weights
            self._endpoint.desired = counts
            self._endpoint.turn("InService")

    def end(self) -> None:
        """Deleting: nothing answers any more."""
        with self._region.lock:
            fleet, self._endpoint.fleet = self._endpoint.fleet, None
        if fleet:
            fleet.drain()
            fleet.stop()
        self._stopping.wait(self._region.settings.step)

    def _begin(self) -> None:
        self._stopping.wait(self._region.settings.step)
        while self._region.faults.held() and not self._stopping.is_set():
            time.sleep(POLL)

    def _shift(self, green: Fleet, policy: dict | None) -> None:
        wait = policy["TrafficRoutingConfiguration"]["WaitIntervalInSeconds"] if policy else 0
        for share in policies.shares(policy, sum(self._endpoint.counts.values())):
            self._stage("ActivatingTraffic", share)
            if green.midway:
                raise RolledBack(
                    "Request to service failed. If failure persists after retry, contact customer support."
                )
            self._stage("Baking", share)
            self._bake(green, wait)
        self._bake(green, policy.get("TerminationWaitInSeconds", 0) if policy else 0)

    def _bake(self, green: Fleet, seconds: float) -> None:
        """Watches the alarms for so long."""
        rollback = (self._endpoint.deployment or {}).get("AutoRollbackConfiguration", {})
        alarms = [alarm["AlarmName"] for alarm in rollback.get("Alarms", [])]
        until, over = time.monotonic() + self._region.settings.real(seconds), False
        while True:
            tripped = [name for name in alarms if self._region.alarms.tripped(name, self._began)]
            if tripped:
                raise RolledBack(f"One or more configured alarm(s) have tripped: [{', '.join(tripped)}]")
            if not green.alive():
                raise RolledBack("The primary container of the new fleet ended. Please check CloudWatch logs.")
            if self._stopping.is_set() or time.monotonic() > self._deadline:
                raise RolledBack("The deployment did not complete within MaximumExecutionTimeoutInSeconds.")
            if over:
                return
            over = time.monotonic() >= until
            if over and alarms:
                # What came last is judged, too.
                self._region.alarms.evaluate()
            time.sleep(0 if over else POLL)

    def _back(self, green: Fleet, reason: str) -> None:
        endpoint = self._endpoint
        if self._region.faults.comes("silent"):
            reason = None
        self._stage("Deleting", 0.0)
        self._turn("RollingBack", reason)
        green.drain()
        green.stop()
        self._stopping.wait(self._region.settings.step)
        with self._region.lock:
            endpoint.pending = None
            endpoint.turn("InService", reason)

    def _stage(self, stage: str, share: float) -> None:
        with self._region.lock:
            self._endpoint.stage, self._endpoint.share, self._endpoint.since = stage, share, now()

    def _turn(self, status: str, failure: str | None) -> None:
        with self._region.lock:
            self._endpoint.turn(status, failure)
