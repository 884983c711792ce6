"""One fit by the library itself, called from Python, with all rows in memory before; prints its CPU seconds.

python fit.py LEARNER FEATURES-FOLDER THREADS WHAT-FIT-PRINTED
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl

learner, folder, threads, printed = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), json.loads(sys.argv[4])
names, categories = printed["names"], printed["categories"]
parameters = {name: value for name, value in printed["parameters"].items() if "rounds" not in name}
most, patience = (printed["parameters"][name] for name in ("rounds", "early_stopping_rounds"))

FEW = 1000
Rows = dict[str, tuple[np.ndarray, np.ndarray]]


def read(split: str) -> tuple[np.ndarray, np.ndarray]:
    table = pl.read_ipc(folder / f"{split}.arrow")
    return table.select(names).to_numpy(order="c"), table[printed["label"]].to_numpy()


def by_xgboost() -> Callable[[Rows], int]:
    import xgboost as xgb

    settings = {"objective": "binary:logistic", "eval_metric": "logloss", "tree_method": "hist", "nthread": threads}
    types = ["c" if name in categories else "q" for name in names]

    def matrix(values: np.ndarray, labels: np.ndarray) -> xgb.DMatrix:
        return xgb.DMatrix(
            values,
            labels,
            feature_names=names,
            feature_types=types,
            enable_categorical=True,
            nthread=threads,
        )

    def fit(rows: Rows) -> int:
        booster = xgb.train(
            settings | parameters,
            matrix(*rows["train"]),
            most,
            evals=[(matrix(*rows["validation"]), "validation")],
            early_stopping_rounds=patience,
            verbose_eval=False,
        )
        model = booster[: booster.best_iteration + 1]
        model.save_raw("ubj")
        return model.num_boosted_rounds()

    return fit


def by_lightgbm() -> Callable[[Rows], int]:
    import lightgbm as lgb

    settings = {
        "objective": "binary",
        "metric": "binary_logloss",
        "verbosity": -1,
        "deterministic": True,
        "force_row_wise": True,
        "feature_pre_filter": False,
        "num_threads": threads,
    }

    def fit(rows: Rows) -> int:
        train = lgb.Dataset(*rows["train"], feature_name=names, categorical_feature=categories)
        validation = lgb.Dataset(*rows["validation"], reference=train)
        stop = lgb.early_stopping(patience, verbose=False)
        booster = lgb.train(settings | parameters, train, most, valid_sets=[validation], callbacks=[stop])
        booster.model_to_string(num_iteration=booster.best_iteration)
        return booster.best_iteration

    return fit


fit = {"xgboost": by_xgboost, "lightgbm": by_lightgbm}[learner]()
table = {split: read(split) for split in ("train", "validation")}
fit({split: (values[:FEW], labels[:FEW]) for split, (values, labels) in table.items()})
begin = time.process_time()
rounds = fit(table)
print(json.dumps({"cpu": time.process_time() - begin, "rounds": rounds}))
