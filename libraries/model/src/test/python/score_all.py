"""Scores a folder's raw rows by its model, loaded by MLflow, into scores.f32 and labels.u8."""

import sys
from pathlib import Path

import mlflow.pyfunc
import pandas

folder = Path(sys.argv[1])
model = mlflow.pyfunc.load_model(str(folder / "model"))
rows = pandas.read_csv(folder / "test-rows.csv", dtype=str, keep_default_na=False)
answer = model.predict(rows)
answer["score"].to_numpy().astype("<f4").tofile(folder / "scores.f32")
answer["label"].to_numpy().astype("u1").tofile(folder / "labels.u8")
