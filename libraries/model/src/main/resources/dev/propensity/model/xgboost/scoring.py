def load_scorer(folder):
    """Returns a function from float32 features to scores."""
    import xgboost

    booster = xgboost.Booster(model_file=os.path.join(folder, "model.ubj"))
    return lambda values: booster.inplace_predict(values, validate_features=False).clip(0, 1)
