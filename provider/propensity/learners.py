"""The learners that forms and make accept; a test compares them with the jars' own. No imports."""

LEARNERS = ["xgboost", "lightgbm", "randomforest", "logistic"]

RANKING_METRICS = {"auc": "mean AUC over the folds", "log_loss": "log loss", "profit": "profit"}
"""What can decide which candidate of an experiment is the best, with its name for people."""
