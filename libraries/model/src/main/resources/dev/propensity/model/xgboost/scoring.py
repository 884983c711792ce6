SMALLEST_PROBABILITY = 1e-6


def load_scorer(folder):
    """Returns a function from float32 features to scores."""
    booster = _booster(folder)
    return lambda values: booster.inplace_predict(values, validate_features=False).clip(0, 1)


def load_margins(folder):
    """Returns a function from float32 features to log-odds."""
    booster = _booster(folder)
    objective = json.loads(booster.save_config())["learner"]["objective"]["name"]

    def margins(values):
        sums = booster.inplace_predict(values, predict_type="margin", validate_features=False)
        if objective == "binary:logistic":
            return sums
        # A forest's sums are probabilities.
        p = sums.astype(numpy.float64).clip(SMALLEST_PROBABILITY, 1 - SMALLEST_PROBABILITY)
        return numpy.log(p / (1 - p)).astype(numpy.float32)

    return margins


def _booster(folder):
    import xgboost

    file = os.path.join(folder, "model.ubj")
    version = _xgboost_version(file)
    if version != xgboost.__version__:
        raise ValueError(
            f"model.ubj was written by XGBoost {version}, installed is XGBoost {xgboost.__version__}, "
            f"which may score it differently: pip install xgboost=={version}"
        )
    return xgboost.Booster(model_file=file)


def _xgboost_version(file):
    """The version that a model file ends with; XGBoost itself loads files of later versions silently."""
    with open(file, "rb") as stream:
        stream.seek(max(0, os.path.getsize(file) - 64))
        end = re.search(rb"version\[#L.{7}\x03i(.)i(.)i(.)\}$", stream.read(), re.DOTALL)
    if not end:
        raise ValueError("model.ubj is damaged: it does not end with a version of XGBoost")
    return ".".join(str(ord(number)) for number in end.groups())
