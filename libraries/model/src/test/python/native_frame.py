"""Scores rows.csv by MLflow's native XGBoost flavor, as a frame with the table's own column names."""

import json
import sys
from pathlib import Path

import mlflow.xgboost
import pandas
import xgboost

folder = Path(sys.argv[1])
rows = pandas.read_csv(folder / "rows.csv")
scores = {}
for learner in ("xgboost", "randomforest"):
    booster = mlflow.xgboost.load_model(str(folder / learner))
    frame = rows[booster.feature_names]
    scores[learner] = booster.predict(xgboost.DMatrix(frame)).astype(float).tolist()
(folder / "scores.json").write_text(json.dumps(scores))
