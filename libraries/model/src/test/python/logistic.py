"""Fits scikit-learn's logistic regression to the rows of a folder by the formula of the documentation."""

import json
import sys
from pathlib import Path

import numpy
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

folder = Path(sys.argv[1])
wanted = json.loads((folder / "design.json").read_text())
levels = wanted["levels"]  # by feature, 0 for a number
rows = numpy.fromfile(folder / "features.f32", dtype="<f4").reshape(-1, len(levels)).astype(float)
train = numpy.arange(len(rows)) < wanted["train"]
labels = numpy.fromfile(folder / "labels.i8", dtype="i1")

columns = []
for place, count in enumerate(levels):
    values = rows[:, place : place + 1]
    missing = numpy.isnan(values)
    if count:
        columns.append((values == numpy.arange(count)).astype(float))
    else:
        z = StandardScaler().fit(values[train]).transform(values)
        columns.append(numpy.where(missing, 0, z))
        if place in wanted["squared"]:
            square = StandardScaler().fit(z[train] ** 2).transform(z**2)
            columns.append(numpy.where(missing, 0, square))
    columns.append(missing.astype(float))
design = numpy.hstack(columns)

model = LogisticRegression(C=wanted["C"], solver="newton-cholesky", tol=1e-12, max_iter=1000)
model.fit(design[train], labels)
(folder / "scores.json").write_text(json.dumps(model.predict_proba(design)[:, 1].tolist()))
