"""The endpoint, as one writes it in Python: FastAPI and XGBoost.

python endpoint.py MODEL-FOLDER PORT
"""

import json
import sys
from pathlib import Path
from typing import Annotated

import numpy as np
import uvicorn
import xgboost as xgb
from fastapi import Body, FastAPI
from pydantic import BaseModel

folder, port = Path(sys.argv[1]), int(sys.argv[2])


class Customer(BaseModel):
    id: int
    Gender: str
    Age: int
    Driving_License: int
    Region_Code: float
    Previously_Insured: int
    Vehicle_Age: str
    Vehicle_Damage: str
    Annual_Premium: float
    Policy_Sales_Channel: float
    Vintage: int


class Prediction(BaseModel):
    id: int
    score: float
    label: int


encoder = json.loads((folder / "encoder.json").read_text())
threshold = json.loads((folder / "model.json").read_text())["threshold"]
booster = xgb.Booster(model_file=folder / "model.ubj")
booster.set_param({"nthread": 1})
columns = []
for feature in encoder["features"]:
    column = feature["column"]
    words = feature["categories"] or column.get("values") or []
    columns.append((column["name"], {word: code for code, word in enumerate(words)} or None))


def encoded(customer: Customer) -> list[float]:
    values = []
    for name, codes in columns:
        value = getattr(customer, name)
        values.append(value if codes is None else codes.get(str(value), len(codes)))
    return values


app = FastAPI()


@app.get("/ping")
async def ping() -> dict:
    return {}


@app.post("/invocations")
async def invocations(customers: Annotated[list[Customer], Body()]) -> list[Prediction]:
    rows = np.array([encoded(customer) for customer in customers], dtype=np.float32)
    scores = booster.inplace_predict(rows, validate_features=False)
    return [
        Prediction(id=customer.id, score=float(score), label=int(score >= threshold))
        for customer, score in zip(customers, scores, strict=True)
    ]


uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning", access_log=False)
