"""Encodes and scores the cells of cells.json by MLflow, each in a row of its own, as CellParityTest asks."""

import json
import math
import sys
from pathlib import Path

import mlflow.pyfunc
import pandas

folder = Path(sys.argv[1])
cells = json.loads((folder / "cells.json").read_text(encoding="utf-8"))
model = mlflow.pyfunc.load_model(str(folder / "model"))
encoder = model._model_impl


def answer(column, series):
    frame = pandas.DataFrame([cells["base"]], columns=cells["columns"], dtype=object)
    frame[column] = series
    try:
        feature = float(encoder.encode(frame)[0, cells["columns"].index(column)])
        score = float(model.predict(frame)["score"].iloc[0])
    except ValueError as e:
        return {"error": str(e)}
    return {"feature": None if math.isnan(feature) else feature, "score": score}


def text(column, cell):
    return answer(column, pandas.Series([cell], dtype=object))


def typed(column, cell):
    value = json.loads(cell)
    return [answer(column, pandas.Series([value], dtype=object)), answer(column, pandas.Series([value]))]


def knows(name):
    """Whether the encoder finds the column under this name: its column may be missing, so it is then."""
    names = [name if column == "region" else column for column in cells["columns"]]
    encoded = encoder.encode(pandas.DataFrame([cells["base"]], columns=names, dtype=object))
    return not math.isnan(encoded[0, cells["columns"].index("region")])


answers = {
    "names": [knows(name) for name in cells["names"]],
    "texts": [text(*cell) for cell in cells["texts"]],
    "invalid": [text(*cell) for cell in cells["invalid"]],
    "typed": [typed(*cell) for cell in cells["typed"]],
}
(folder / "answers.json").write_text(json.dumps(answers))
