"""What preprocess and train do, as one writes it in Python: polars and XGBoost in one process.

python preprocess_and_train.py TRAIN.csv.gz FOLDER THREADS
"""

import os
import sys
from pathlib import Path

source, folder, threads = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
os.environ["POLARS_MAX_THREADS"] = str(threads)

import numpy as np  # noqa: E402
import polars as pl  # noqa: E402
import xgboost as xgb  # noqa: E402

LABEL = "Response"
CATEGORIES = ["Gender", "Region_Code", "Policy_Sales_Channel"]
CODES = {
    "Vehicle_Age": {"< 1 Year": 0, "1-2 Year": 1, "> 2 Years": 2},
    "Vehicle_Damage": {"No": 0, "Yes": 1},
}
TEXT = {"Region_Code": pl.String, "Policy_Sales_Channel": pl.String}

rows = pl.read_csv(source, schema_overrides=TEXT)
features = [name for name in rows.columns if name not in ("id", LABEL)]
assert rows["id"].is_unique().all()
assert not any(rows.null_count().row(0))
assert rows[LABEL].is_in([0, 1]).all()
assert rows["Age"].is_between(18, 120).all()
assert (rows["Annual_Premium"] >= 0).all() and (rows["Vintage"] >= 0).all()

share = np.random.default_rng(2026).random(len(rows))
side = np.where(share < 0.2, "test", np.where(share < 0.85, "train", "validation"))
train = rows.filter(side == "train")
codes = dict(CODES)
for name in CATEGORIES:
    codes[name] = {word: code for code, word in enumerate(train[name].unique(maintain_order=True))}
encoded = rows.with_columns(
    [pl.col(name).replace_strict(words, default=len(words), return_dtype=pl.Float32) for name, words in codes.items()]
).with_columns([pl.col(name).cast(pl.Float32) for name in features])

matrices = {}
for split in ("train", "validation", "test"):
    part = encoded.filter(side == split)
    part.write_ipc(folder / f"peer-{split}.arrow")
    matrices[split] = part
rows.filter(side == "test").write_csv(folder / "peer-test-rows.csv")
types = ["c" if name in CATEGORIES else "q" for name in features]


def matrix(split: str, reference: xgb.QuantileDMatrix | None = None) -> xgb.QuantileDMatrix:
    part = matrices[split]
    return xgb.QuantileDMatrix(
        part.select(features).to_numpy(),
        part[LABEL].to_numpy(),
        ref=reference,
        feature_names=features,
        feature_types=types,
        enable_categorical=True,
        nthread=threads,
    )


learn = matrix("train")
booster = xgb.train(
    {
        "objective": "binary:logistic",
        "eval_metric": "logloss",
        "tree_method": "hist",
        "eta": 0.05,
        "max_depth": 6,
        "min_child_weight": 20,
        "subsample": 0.8,
        "colsample_bynode": 0.3,
        "lambda": 10,
        "seed": 2026,
        "nthread": threads,
    },
    learn,
    num_boost_round=1000,
    evals=[(matrix("validation", learn), "validation")],
    early_stopping_rounds=20,
    verbose_eval=False,
)
booster[: booster.best_iteration + 1].save_model(folder / "peer.ubj")
print(f"{booster.best_iteration + 1} rounds, log loss {booster.best_score:.5f}")
