"""Scores raw rows in Python as the project's own scorer does in Java.

MLflow loads this module for `mlflow.pyfunc.load_model`. `predict` takes a frame (or a list of
row dictionaries) of raw columns, texts or numbers, in any order; the identifier, the label and
other columns are ignored. It answers a frame of `score` and `label`, with the rows' index.
"""

import json
import math
import os
import re
from numbers import Integral, Real

import numpy
import pandas

NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?", re.ASCII)
LARGEST = float(numpy.finfo(numpy.float32).max)


def _load_pyfunc(folder):
    return RawColumnsModel(folder)


class RawColumnsModel:
    def __init__(self, folder):
        encoder = _read(folder, "encoder.json")
        self.features = [Feature(feature["column"], feature["categories"]) for feature in encoder["features"]]
        self.threshold = _read(folder, "model.json")["threshold"]
        self.scorer = load_scorer(folder)  # noqa: F821 (the learner's part, below)

    def predict(self, rows):
        frame = rows if isinstance(rows, pandas.DataFrame) else pandas.DataFrame(rows)
        scores = self.scorer(self.encode(frame))
        labels = (scores.astype(numpy.float64) >= self.threshold).astype(numpy.int8)
        return pandas.DataFrame({"score": scores, "label": labels}, index=frame.index)

    def encode(self, frame):
        """The features that the model's trees see, as float32 [rows][features]."""
        values = numpy.empty((len(frame), len(self.features)), dtype=numpy.float32)
        for place, feature in enumerate(self.features):
            values[:, place] = feature.encode(frame)
        return values


class Feature:
    def __init__(self, column, categories):
        self.name = column["name"]
        self.missing = column.get("missing", False)
        self.minimum = column.get("minimum", -LARGEST)
        self.maximum = column.get("maximum", LARGEST)
        self.values = column.get("values", [])
        self.kind = column["kind"]
        self.categories = categories
        words = categories if self.kind == "category" else self.values
        self.codes = {word: code for code, word in enumerate(words)}

    def encode(self, frame):
        if self.name not in frame.columns:
            if self.missing:
                return numpy.full(len(frame), numpy.nan, dtype=numpy.float32)
            raise ValueError(f"column {self.name} is missing")
        cells = frame[self.name]
        if isinstance(cells, pandas.DataFrame):
            raise ValueError(f"column {self.name} is doubled")
        known = {}
        encoded = numpy.empty(len(frame), dtype=numpy.float32)
        for row, cell in enumerate(cells):
            key = (type(cell), cell)
            if key not in known:
                try:
                    known[key] = self.encode_cell(cell)
                except ValueError as e:
                    raise ValueError(f"row {row + 1}, {self.name} is {cell!r}: {e}") from None
            encoded[row] = known[key]
        return encoded

    def encode_cell(self, cell):
        if _is_missing(cell):
            if not self.missing:
                raise ValueError("a value must stand here")
            return numpy.nan
        return self.number(cell) if self.kind == "number" else self.code(cell)

    def number(self, cell):
        if isinstance(cell, str):
            if not NUMBER.fullmatch(cell):
                raise ValueError("not a number")
            cell = float(cell)
        elif isinstance(cell, (bool, numpy.bool_)) or not isinstance(cell, Real):
            raise ValueError("not a number")
        value = float(cell)
        if not math.isfinite(value):
            raise ValueError("not a finite number")
        if value < self.minimum:
            raise ValueError(f"below {self.minimum}")
        if value > self.maximum:
            raise ValueError(f"above {self.maximum}")
        return numpy.float32(value)

    def code(self, cell):
        spellings = _spellings(cell)
        for spelling in spellings:
            if spelling in self.codes:
                return self.codes[spelling]
        allowed = not self.values or any(spelling in self.values for spelling in spellings)
        if self.kind != "category" or not allowed:
            raise ValueError("must be one of " + ", ".join(self.values))
        return len(self.codes)


def _spellings(cell):
    """How a cell may stand in a CSV. pandas reads 28 as 28.0 where the column has empty cells."""
    if isinstance(cell, str):
        return [cell]
    if isinstance(cell, (bool, numpy.bool_)):
        return [str(bool(cell)), str(bool(cell)).lower(), str(int(cell))]
    if isinstance(cell, Integral):
        return [str(int(cell)), f"{int(cell)}.0"]
    if isinstance(cell, Real) and float(cell).is_integer():
        return [repr(float(cell)), str(int(cell))]
    return [str(cell)]


def _is_missing(cell):
    if cell is None or cell is pandas.NA or cell is pandas.NaT:
        return True
    if isinstance(cell, str):
        return not cell
    return isinstance(cell, Real) and math.isnan(cell)


def _read(folder, file):
    with open(os.path.join(folder, file), encoding="utf-8") as stream:
        return json.load(stream)
