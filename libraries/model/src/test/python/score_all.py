"""Scores a folder's raw rows by the model beside them, loaded by MLflow, into scores.f32 and labels.u8.

The folder is the one of the argument, or each folder in it.
"""

import sys
from pathlib import Path

import mlflow.pyfunc
import pandas

top = Path(sys.argv[1])
for folder in [top, *sorted(top.iterdir())]:
    if (folder / "model").is_dir():
        model = mlflow.pyfunc.load_model(str(folder / "model"))
        rows = pandas.read_csv(folder / "test-rows.csv", dtype=str, keep_default_na=False)
        answer = model.predict(rows)
        answer["score"].to_numpy().astype("<f4").tofile(folder / "scores.f32")
        answer["label"].to_numpy().astype("u1").tofile(folder / "labels.u8")
