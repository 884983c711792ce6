def load_scorer(folder):
    """Returns a function from float32 features to scores."""
    import lightgbm

    booster = lightgbm.Booster(model_file=os.path.join(folder, "model.txt"))
    return lambda values: booster.predict(values).astype(numpy.float32)
