"""Scores the rows of a folder by MLflow, as PythonParityTest asks: texts, typed, native."""

import json
import sys
from pathlib import Path

import mlflow.pyfunc
import mlflow.xgboost
import numpy
import pandas
import xgboost

folder = Path(sys.argv[1])
model = mlflow.pyfunc.load_model(str(folder / "model"))
texts = pandas.read_csv(folder / "rows.csv", dtype=str, keep_default_na=False)
typed = pandas.read_csv(folder / "rows.csv")
encoded = model.unwrap_python_model() if hasattr(model, "unwrap") else model._model_impl
features = numpy.fromfile(folder / "features.f32", dtype="<f4").reshape(len(texts), -1)

booster = mlflow.xgboost.load_model(str(folder / "model"))
matrix = xgboost.DMatrix(
    features,
    missing=numpy.nan,
    feature_names=booster.feature_names,
    feature_types=booster.feature_types,
    enable_categorical=True,
)


def refusal(column, value):
    row = texts.head(1)
    row = row.drop(columns=column) if value is None else row.assign(**{column: value})
    try:
        model.predict(row)
    except ValueError as e:
        return str(e)
    return None


scores = model.predict(texts)
shuffled = typed[list(reversed(typed.columns))]
result = {
    "texts": scores["score"].astype(float).tolist(),
    "typed": model.predict(shuffled)["score"].astype(float).tolist(),
    "native": booster.predict(matrix).astype(float).tolist(),
    "labels": scores["label"].tolist(),
    "features_equal": numpy.array_equal(encoded.encode(texts), features, equal_nan=True),
    "refusals": [
        refusal("age", "17"),
        refusal("age", "x"),
        refusal("sex", "d"),
        refusal("income", ""),
        refusal("size", "huge"),
        refusal("income", None),
    ],
}
(folder / "scores.json").write_text(json.dumps(result))
