"""Our learners' scores beside those of peers, on several tables."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import fmean, stdev

from bench.measure import progress
from bench.table import Row

LEARNERS = ("xgboost", "lightgbm", "randomforest", "logistic")
TEST, VALIDATION = 0.2, 0.15
"""The shares of the rows in these splits."""

LEAST_AUC, MOST_LOG_LOSS = -0.003, 0.005
"""What the mean over the tables may fall short of the peer's."""

T_QUANTILE = 2.776
"""Student's t: 97.5 % with as many degrees of freedom as splits less one."""


@dataclass(frozen=True)
class Difference:
    """Ours − the peer's on one table: the mean over the splits, and half its 95 % interval."""

    mean: float
    half: float

    @classmethod
    def of(cls, ours: list[float], peers: list[float]) -> Difference:
        """By the corrected resampled t-test: the splits' training rows overlap, so the variance of the mean is larger
        than that of independent splits (Nadeau and Bengio, Inference for the Generalization Error, 2003,
        https://doi.org/10.1023/A:1024068626366)."""
        differences = [one - other for one, other in zip(ours, peers, strict=True)]
        variance = (1 / len(differences) + TEST / (1 - TEST)) * stdev(differences) ** 2
        return cls(fmean(differences), T_QUANTILE * variance**0.5)

    @property
    def surely_below(self) -> bool:
        return self.mean + self.half < 0

    @property
    def surely_above(self) -> bool:
        return self.mean - self.half > 0

    def __str__(self) -> str:
        return f"{self.mean:+.4f} ± {self.half:.4f}"


Scores = dict[str, list[dict[str, float]]]
"""By learner or peer: of each split's test rows, their number, AUC and log loss."""


@dataclass(frozen=True)
class Comparison:
    """One of our learners and a peer on one table."""

    table: str
    auc: Difference
    log_loss: Difference

    @classmethod
    def of(cls, table: str, ours: list[dict[str, float]], peer: list[dict[str, float]]) -> Comparison:
        return cls.best(table, {"": ours}, {"": peer})

    @classmethod
    def best(cls, table: str, ours: Scores, peers: Scores) -> Comparison:
        """Of several, the one with the best mean, by each metric."""
        rows = {
            tuple((split["rows"], split["positives"]) for split in one) for one in (*ours.values(), *peers.values())
        }
        if len(rows) > 1:
            raise RuntimeError(f"{table}: the test rows of the learners and their peers are not the same")
        auc = (max((_values(one, "auc") for one in side.values()), key=fmean) for side in (ours, peers))
        log_loss = (min((_values(one, "log_loss") for one in side.values()), key=fmean) for side in (ours, peers))
        return cls(table, Difference.of(*auc), Difference.of(*log_loss))


def compared(both: dict[str, tuple[Scores, Scores]]) -> list[Row]:
    """The rows of the table, by learner.

    Args:
        both: by table, what our learners and the peers reached
    """
    found = []
    for learner in LEARNERS:
        found += _summary(
            f"tables, {learner} vs. its peer",
            [Comparison.of(name, ours[learner], peers[learner]) for name, (ours, peers) in both.items()],
        )
    best = [Comparison.best(name, ours, peers) for name, (ours, peers) in both.items()]
    return found + _summary("tables, the best learner vs. the best peer", best)


def _summary(what: str, comparisons: list[Comparison]) -> list[Row]:
    lines = [f"{what}, difference of AUC and log loss"]
    for one in comparisons:
        lines.append(f"  {one.table:12}{one.auc}  {one.log_loss}")
    progress("\n".join(lines))
    worse = {
        "AUC": [one.table for one in comparisons if one.auc.surely_below],
        "log loss": [one.table for one in comparisons if one.log_loss.surely_above],
    }
    auc = fmean(one.auc.mean for one in comparisons)
    log_loss = fmean(one.log_loss.mean for one in comparisons)
    return [
        Row(f"{what}, mean AUC difference", "", auc, LEAST_AUC, least=True),
        Row(f"{what}, mean log loss difference", "", log_loss, MOST_LOG_LOSS),
        *(
            Row(f"{what}, tables of surely worse {metric}", "", len(names), 0, note=", ".join(names))
            for metric, names in worse.items()
        ),
    ]


def _values(splits: list[dict[str, float]], metric: str) -> list[float]:
    return [split[metric] for split in splits]
