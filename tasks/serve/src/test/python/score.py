"""Scores a folder's raw rows by its model, loaded by MLflow, as PythonParityTest asks."""

import json
import sys
from pathlib import Path

import mlflow.pyfunc
import pandas

folder = Path(sys.argv[1])
model = mlflow.pyfunc.load_model(str(folder / "model"))
rows = pandas.read_csv(folder / "rows.csv")
answer = model.predict(rows)
result = {"scores": answer["score"].astype(float).tolist(), "labels": answer["label"].astype(int).tolist()}
(folder / "scores.json").write_text(json.dumps(result))
