"""Scores the rows of a folder by MLflow, as PythonParityTest asks: for each learner texts, typed, native."""

import json
import sys
from pathlib import Path

import mlflow
import mlflow.pyfunc
import numpy
import pandas
import xgboost

folder = Path(sys.argv[1])
texts = pandas.read_csv(folder / "rows.csv", dtype=str, keep_default_na=False)
typed = pandas.read_csv(folder / "rows.csv")
features = numpy.fromfile(folder / "features.f32", dtype="<f4").reshape(len(texts), -1)


def native(model):
    """The scores of the encoded rows by MLflow's own flavour, where there is one."""
    flavors = mlflow.models.Model.load(str(model)).flavors
    if "xgboost" in flavors:
        booster = mlflow.xgboost.load_model(str(model))
        matrix = xgboost.DMatrix(
            features,
            missing=numpy.nan,
            feature_names=booster.feature_names,
            feature_types=booster.feature_types,
            enable_categorical=True,
        )
        return booster.predict(matrix).astype(float).tolist()
    if "lightgbm" in flavors:
        scores = mlflow.lightgbm.load_model(str(model)).predict(features)
        return scores.astype(numpy.float32).astype(float).tolist()
    return None


def rejection(model, column, value):
    row = texts.head(1)
    row = row.drop(columns=column) if value is None else row.assign(**{column: value})
    try:
        model.predict(row)
    except ValueError as e:
        return str(e)
    return None


def scores(place):
    model = mlflow.pyfunc.load_model(str(place))
    encoded = model.unwrap_python_model() if hasattr(model, "unwrap") else model._model_impl
    answers = model.predict(texts)
    shuffled = typed[list(reversed(typed.columns))]
    return {
        "texts": answers["score"].astype(float).tolist(),
        "typed": model.predict(shuffled)["score"].astype(float).tolist(),
        "native": native(place),
        "labels": answers["label"].tolist(),
        "features_equal": numpy.array_equal(encoded.encode(texts), features, equal_nan=True),
        "rejections": [
            rejection(model, "age", "17"),
            rejection(model, "age", "x"),
            rejection(model, "sex", "d"),
            rejection(model, "income", ""),
            rejection(model, "size", "huge"),
            rejection(model, "income", None),
        ],
    }


def load_error(place):
    try:
        mlflow.pyfunc.load_model(str(place))
    except ValueError as e:
        return str(e)
    return None


learners = (folder / "learners").read_text().split()
answers = {learner: scores(folder / learner) for learner in learners}
answers["load_errors"] = [load_error(place) for place in sorted(folder.glob("other-*"))]
(folder / "scores.json").write_text(json.dumps(answers))
