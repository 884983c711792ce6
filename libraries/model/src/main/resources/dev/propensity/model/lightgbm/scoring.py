FORMAT = "v4"  # of LightGBM 4; the file names no other version


def load_scorer(folder):
    """Returns a function from float32 features to scores."""
    booster = _booster(folder)
    return lambda values: booster.predict(values).astype(numpy.float32)


def load_margins(folder):
    """Returns a function from float32 features to log-odds."""
    booster = _booster(folder)
    return lambda values: booster.predict(values, raw_score=True).astype(numpy.float32)


def _booster(folder):
    import lightgbm

    file = os.path.join(folder, "model.txt")
    with open(file, encoding="utf-8") as lines:
        version = next((line.partition("=")[2].strip() for line in lines if line.startswith("version=")), "none")
    if version != FORMAT:
        raise ValueError(f"model.txt has the format {version}; only {FORMAT} is read here: train it again")
    return lightgbm.Booster(model_file=file)
