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
        features = [None if math.isnan(value) else float(value) for value in encoder.encode(frame)[0]]
        score = float(model.predict(frame)["score"].iloc[0])
    except ValueError as e:
        return {"error": str(e)}
    return {"features": features, "score": score}


def text(column, cell):
    return answer(column, pandas.Series([cell], dtype=object))


def typed(column, cell):
    value = json.loads(cell)
    return [answer(column, pandas.Series([value], dtype=object)), answer(column, pandas.Series([value]))]


def date(text):
    """A date of `joined` in the types of pandas, numpy and Python."""
    day = pandas.Timestamp(text)
    values = [day, pandas.Timestamp(f"{text}T23:30:00+05:30"), day.date(), day.to_pydatetime(), day.to_datetime64()]
    return [answer("joined", pandas.Series([value], dtype=None if value is day else object)) for value in values]


def knows(name):
    """Whether the encoder finds the column under this name: its column may be missing, so it is then."""
    names = [name if column == "region" else column for column in cells["columns"]]
    encoded = encoder.encode(pandas.DataFrame([cells["base"]], columns=names, dtype=object))
    return not math.isnan(encoded[0, cells["columns"].index("region")])


answers = {
    "names": [knows(name) for name in cells["names"]],
    "texts": [text(*cell) for cell in cells["texts"]],
    "invalid": [text(*cell) for cell in cells["invalid"]],
    "dates": [date(text) for text in cells["dates"]],
    "typed": [typed(*cell) for cell in cells["typed"]],
}
(folder / "answers.json").write_text(json.dumps(answers))
