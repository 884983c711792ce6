"""What predict does, as one writes it in Python: polars and XGBoost, CSV to CSV in one process.

python predict.py MODEL-FOLDER TABLE.csv PREDICTIONS.csv THREADS
"""

import json
import os
import sys
from pathlib import Path

folder, source, target, threads = Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])
os.environ["POLARS_MAX_THREADS"] = str(threads)

import polars as pl  # noqa: E402
import xgboost as xgb  # noqa: E402

encoder = json.loads((folder / "encoder.json").read_text())
threshold = json.loads((folder / "model.json").read_text())["threshold"]
booster = xgb.Booster(model_file=folder / "model.ubj")
booster.set_param({"nthread": threads})
columns = []
for feature in encoder["features"]:
    column = feature["column"]
    words = feature["categories"] or column.get("values") or []
    columns.append((column["name"], {word: code for code, word in enumerate(words)}))

types = {encoder["identifier"]: pl.String, **{name: pl.String if codes else pl.Float32 for name, codes in columns}}
table = pl.read_csv(source, columns=list(types), schema_overrides=types)
assert table[encoder["identifier"]].is_unique().all()
assert not any(table.null_count().row(0))
encoded = table.select(
    pl.col(name).replace_strict(codes, default=len(codes), return_dtype=pl.Float32) if codes else pl.col(name)
    for name, codes in columns
)
scores = pl.Series("score", booster.inplace_predict(encoded.to_numpy(), validate_features=False))
labels = (scores >= threshold).cast(int).alias("label")
pl.DataFrame([table[encoder["identifier"]], scores, labels]).write_csv(target)
