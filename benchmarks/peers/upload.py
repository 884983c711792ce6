"""The upload of a table, as one writes it in Python: FastAPI, polars and XGBoost.

python upload.py MODEL-FOLDER PORT
"""

import json
import os
import sys
from pathlib import Path

os.environ["POLARS_MAX_THREADS"] = "2"

import polars as pl
import uvicorn
import xgboost as xgb
from fastapi import FastAPI, Request, UploadFile
from fastapi.responses import JSONResponse, Response

folder, port = Path(sys.argv[1]), int(sys.argv[2])

encoder = json.loads((folder / "encoder.json").read_text())
names = [feature["column"]["name"] for feature in encoder["features"]]
identifier, label = encoder["identifier"], encoder["label"]["column"]
threshold = json.loads((folder / "model.json").read_text())["threshold"]
booster = xgb.Booster(model_file=folder / "model.ubj")
booster.set_param({"nthread": 2})
app = FastAPI()


class Rejected(Exception):
    """A table that breaks a rule."""


@app.exception_handler(Rejected)
def reject(_: Request, error: Rejected) -> Response:
    return JSONResponse({"detail": str(error)}, status_code=422)


@app.get("/ping")
def ping() -> dict:
    return {}


@app.post("/api/v1/classification/inference/uploadfile")
def uploaded(data_file: UploadFile) -> Response:
    types = {identifier: pl.String, **dict.fromkeys(names, pl.Float32)}
    table = pl.read_csv(data_file.file, columns=list(types), schema_overrides=types)
    features = table.select(names)
    if not table[identifier].is_unique().all():
        raise Rejected("an identifier occurs twice")
    if any(features.null_count().row(0)) or not features.select(pl.all().is_finite().all()).row(0):
        raise Rejected("a cell is empty or not finite")
    scores = pl.Series(booster.inplace_predict(features.to_numpy(), validate_features=False))
    answer = pl.DataFrame({identifier: table[identifier], label: (scores >= threshold).cast(int), "score": scores})
    return Response(answer.write_json(), media_type="application/json")


uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning", access_log=False)
