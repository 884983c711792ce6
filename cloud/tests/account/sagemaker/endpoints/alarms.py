"""CloudWatch's alarms on endpoints: moto keeps them, but does not look at them."""

from __future__ import annotations

import contextlib
import json
import operator
import threading
import time

from botocore.exceptions import ClientError

from account.common.remembered import Remembered
from account.sagemaker.endpoints.metrics import NAMESPACE, statistic

COMPARISONS = {
    "GreaterThanOrEqualToThreshold": ("greater than or equal to", operator.ge),
    "GreaterThanThreshold": ("greater than", operator.gt),
    "LessThanThreshold": ("less than", operator.lt),
    "LessThanOrEqualToThreshold": ("less than or equal to", operator.le),
}


class Alarms:
    def __init__(self, region):
        self._region = region
        # When each last went to ALARM, or was seen there.
        self._fired: dict[str, float] = {}
        self._lock = threading.Lock()
        self._all = Remembered(lambda: region.account.changes("monitoring"), self._listed)
        # When all were last judged: what came since is never missed, however late the next time is.
        self._looked = time.monotonic()

    def states(self) -> dict[str, str]:
        """All alarms of the region and their states."""
        return {alarm["AlarmName"]: alarm["StateValue"] for alarm in self._all()}

    def tripped(self, name: str, since: float) -> bool:
        """Whether it was in ALARM at any time since (of time.monotonic), however short."""
        return self._fired.get(name, -1.0) >= since

    def evaluate(self) -> None:
        """Sets the state of each alarm on an endpoint's metric by what was measured.

        All others stay as a test sets them; one that it sets is seen in either case."""
        with self._lock:
            end = time.monotonic()
            for alarm in self._all():
                state, reason = alarm["StateValue"], ""
                if alarm.get("Namespace") == NAMESPACE:
                    state, reason = self._judged(alarm, end)
                if "ALARM" in (state, alarm["StateValue"]):
                    self._fired[alarm["AlarmName"]] = time.monotonic()
                if state != alarm["StateValue"]:
                    self._change(alarm, state, reason)
            self._looked = end

    def _listed(self) -> list[dict]:
        pages = self._region.client("cloudwatch").get_paginator("describe_alarms").paginate()
        return [alarm for page in pages for alarm in page["MetricAlarms"]]

    def _judged(self, alarm: dict, end: float) -> tuple[str, str]:
        words, breaches = COMPARISONS[alarm["ComparisonOperator"]]
        points = self._points(alarm, end)
        needed = alarm.get("DatapointsToAlarm") or alarm["EvaluationPeriods"]
        threshold = alarm["Threshold"]
        missing = alarm.get("TreatMissingData") or "missing"
        there = [point for point in points if point is not None]
        gone = len(points) - len(there)
        bad = [point for point in there if breaches(point, threshold)]
        if len(bad) + (gone if missing == "breaching" else 0) >= needed:
            said = f"{len(bad)} datapoint(s) {bad} were {words} the threshold ({threshold})."
            return "ALARM", f"Threshold Crossed: {said}"
        if gone and missing == "ignore":
            return alarm["StateValue"], ""
        if not there and missing == "missing":
            return "INSUFFICIENT_DATA", "Insufficient Data"
        return "OK", f"Threshold Crossed: {len(there)} datapoint(s) were not {words} the threshold ({threshold})."

    def _points(self, alarm: dict, end: float) -> list[float | None]:
        """The statistic of the last periods, the newest last; None where nothing was measured."""
        dimensions = {one["Name"]: one["Value"] for one in alarm["Dimensions"]}
        place = (dimensions.get("EndpointName", ""), dimensions.get("VariantName", ""))
        name = alarm.get("Statistic") or alarm["ExtendedStatistic"]
        period = self._region.settings.real(alarm["Period"])
        points = []
        for back in range(alarm["EvaluationPeriods"], 0, -1):
            begin, over = end - back * period, end - (back - 1) * period
            if back == 1:
                begin = min(begin, self._looked)
            values = self._region.metrics.values(place, alarm["MetricName"], begin, over)
            points.append(statistic(name, values) if values else None)
        return points

    def _change(self, alarm: dict, state: str, reason: str) -> None:
        self._region.client("cloudwatch").set_alarm_state(
            AlarmName=alarm["AlarmName"], StateValue=state, StateReason=reason
        )
        actions = {"ALARM": "AlarmActions", "OK": "OKActions", "INSUFFICIENT_DATA": "InsufficientDataActions"}
        for action in alarm.get(actions[state], []) if alarm.get("ActionsEnabled", True) else []:
            if ":sns:" in action:
                response = {"AlarmName": alarm["AlarmName"], "NewStateValue": state, "NewStateReason": reason}
                response["OldStateValue"] = alarm["StateValue"]
                # A topic that is gone hears nothing.
                with contextlib.suppress(ClientError):
                    self._region.client("sns").publish(TopicArn=action, Message=json.dumps(response))
