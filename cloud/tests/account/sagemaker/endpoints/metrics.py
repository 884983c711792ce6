"""The metrics of endpoints, as SageMaker puts them into CloudWatch."""

from __future__ import annotations

import collections
import math
import threading
import time

from account.common.listing import now

NAMESPACE = "AWS/SageMaker"
UNITS = {"ModelLatency": "Microseconds", "OverheadLatency": "Microseconds"}
KEPT = 40  # minutes of SageMaker's for which samples are kept
Place = tuple[str, str]  # endpoint, variant


class Metrics:
    def __init__(self, region):
        self._region = region
        self._lock = threading.Lock()
        # By place and metric: when, and what.
        self._samples: dict[tuple[Place, str], collections.deque] = {}
        self._waiting: dict[tuple[Place, str], list[float]] = {}

    def record(self, place: Place, values: dict[str, float]) -> None:
        """What one invocation tells."""
        moment = time.monotonic()
        with self._lock:
            for metric, value in values.items():
                key = (place, metric)
                self._samples.setdefault(key, collections.deque(maxlen=200_000)).append((moment, value))
                self._waiting.setdefault(key, []).append(value)

    def values(self, place: Place, metric: str, begin: float, end: float) -> list[float]:
        """Samples from begin (inclusive) to end (exclusive), in seconds of time.monotonic."""
        with self._lock:
            return [value for moment, value in self._samples.get((place, metric), ()) if begin <= moment < end]

    def flush(self) -> None:
        """Puts what was recorded since into CloudWatch, and forgets what is old."""
        with self._lock:
            waiting, self._waiting = self._waiting, {}
            oldest = time.monotonic() - KEPT * self._region.settings.step
            for samples in self._samples.values():
                while samples and samples[0][0] < oldest:
                    samples.popleft()
        data = [
            {
                "MetricName": metric,
                "Dimensions": [{"Name": "EndpointName", "Value": place[0]}, {"Name": "VariantName", "Value": place[1]}],
                "Timestamp": now(),
                "Values": list(counted),
                "Counts": list(counted.values()),
                "Unit": UNITS.get(metric, "None"),
            }
            for (place, metric), values in waiting.items()
            for counted in chunks(values)
        ]
        if data:
            self._region.client("cloudwatch").put_metric_data(Namespace=NAMESPACE, MetricData=data)


def chunks(values: list[float]):
    """Distinct values and how often each came, at most 150 distinct ones at a time, as CloudWatch takes them."""
    counted = list(collections.Counter(values).items())
    for start in range(0, len(counted), 150):
        yield {value: float(count) for value, count in counted[start : start + 150]}


def statistic(name: str, values: list[float]) -> float:
    """Sum, Average, Minimum, Maximum, SampleCount or a percentile (p99) of samples; at least one."""
    simple = {
        "Sum": sum,
        "Average": lambda numbers: sum(numbers) / len(numbers),
        "Minimum": min,
        "Maximum": max,
        "SampleCount": len,
    }
    if name in simple:
        return float(simple[name](values))
    rank = max(1, math.ceil(float(name.removeprefix("p")) / 100 * len(values)))
    return sorted(values)[rank - 1]
