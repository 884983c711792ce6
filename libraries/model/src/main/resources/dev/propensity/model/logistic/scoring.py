def load_scorer(folder):
    """Returns a function from float32 features to scores."""
    log_odds = _load_log_odds(folder)

    def scores(values):
        with numpy.errstate(over="ignore"):
            return (1 / (1 + numpy.exp(-log_odds(values)))).astype(numpy.float32)

    return scores


def load_margins(folder):
    """Returns a function from float32 features to log-odds."""
    log_odds = _load_log_odds(folder)
    return lambda values: log_odds(values).astype(numpy.float32)


def _load_log_odds(folder):
    model = _read(folder, "logistic.json")

    def log_odds(values):
        sums = numpy.full(len(values), model["intercept"], dtype=numpy.float64)
        for place, term in enumerate(model["terms"]):
            sums += _part(term, values[:, place].astype(numpy.float64))
        return sums

    return log_odds


def _part(term, values):
    """What a feature's values add to the log-odds."""
    missing = numpy.isnan(values)
    if "levels" in term:
        weights = numpy.append(term["levels"], 0.0)  # the last is for codes that were never seen
        known = ~missing & (values >= 0) & (values < len(term["levels"]))
        parts = weights[numpy.where(known, values, len(term["levels"])).astype(int)]
    else:
        z = (values - term["mean"]) * term["scale"]
        parts = term["weight"] * z
        if "square" in term:
            parts = parts + term["square"]["weight"] * ((z * z - 1) * term["square"]["scale"])
    return numpy.where(missing, term["missing"], parts)
