"""Computes the expected numbers of the drift tests with NumPy and SciPy: python expected.py > expected.json."""

from __future__ import annotations

import json

import numpy as np
from scipy import special, stats

before, window = np.array([500, 300, 150, 50]), np.array([40, 30, 20, 10])
p, q = before / before.sum(), window / window.sum()
psi = float(((q - p) * np.log(q / p)).sum())
pearson = stats.chi2_contingency([before, window], correction=False)

# A reference without autocorrelation, and values after it; each value has a sampling variance of 1e-4.
reference = 0.5 + 0.02 * np.random.default_rng(7).standard_normal(28)
values = reference.mean() + np.array([0.01, 0.03, 0.05, 0.2, 0.0, -0.01])
sampling, weight = 1e-4, 0.2


def statistics(values: np.ndarray, usual: float) -> dict[str, float]:
    """As ReferenceStatistics computes them: effects of a first-order autoregression, and the number of rows."""
    n, centered = len(values), values - values.mean()
    found = (centered[1:] * centered[:-1]).sum() / (centered**2).sum()
    share = 1 - sampling / values.var(ddof=1)
    error = 1 / np.sqrt(n)
    rho = min(0.8, max(0, usual + error, ((found + 1 / n) / (1 - 4 / n) - error) / share))
    inflation = (1 + rho) / (1 - rho)
    effects = (values.var(ddof=1) - sampling) / (1 - (inflation - 1) / (n - 1))
    correlations = (effects / (effects + sampling)) * rho ** np.arange(1, 500)
    return {
        "center": values.mean(),
        "deviation": np.sqrt(effects + sampling),
        "windowVariance": effects,
        "autocorrelation": rho,
        "centerVariance": (effects * inflation + sampling) / n,
        "degrees": (n - 1) / (1 + 2 * (correlations**2).sum()),
    }


def variance(found: dict[str, float], windows: int) -> float:
    """Of the average after so many windows, by the double sum over all pairs of weights."""
    weights = weight * (1 - weight) ** np.arange(windows)[::-1]
    distance = np.abs(np.subtract.outer(np.arange(windows), np.arange(windows)))
    effects = found["windowVariance"] * (weights @ found["autocorrelation"] ** distance @ weights)
    return float(effects + sampling * (weights**2).sum())


def averages(found: dict[str, float], quantile: float) -> list[dict[str, float]]:
    """The average and its limit at each value; beyond the limit, it is kept within limit / (1 - weight)."""
    offset, rows = 0.0, []
    for i, value in enumerate(values):
        spread = variance(found, i + 1)
        limit = quantile * np.sqrt(spread + found["centerVariance"])
        offset = (1 - weight) * offset + weight * (value - found["center"])
        offset = float(np.clip(offset, -limit / (1 - weight), limit / (1 - weight)))
        center, beyond = found["center"], bool(offset > limit)
        rows.append({"average": center + offset, "high": center + limit, "beyond": beyond})
    return rows


moving = np.convolve(np.random.default_rng(3).standard_normal(60), [1, 1, 1], "valid")[:28] / 50
found = statistics(reference, 0)
correlated = statistics(moving, 0.4)
quantile = float(stats.t.isf(1 / (90 * 36) / 2, found["degrees"]))
document = {
    "before": before.tolist(),
    "window": window.tolist(),
    "psi": psi,
    "corrected": max(0, psi - 3 * (1 / before.sum() + 1 / window.sum())),
    "pearson": float(pearson.statistic),
    "p": float(pearson.pvalue),
    "distance": float(np.log(pearson.statistic / 3)),
    "distanceVariance": float(special.polygamma(1, 1.5)),
    "p2": float(stats.chi2.sf(pearson.statistic / 2, 3)),
    "reference": reference.tolist(),
    "statistics": found,
    "correlatedValues": moving.tolist(),
    "correlated": correlated,
    "correlatedVariance": [variance(correlated, i) for i in (1, 2, 10)],
    "values": values.tolist(),
    "sampling": sampling,
    "quantile": quantile,
    "averages": averages(found, quantile),
}
print(json.dumps(document, indent=1))
