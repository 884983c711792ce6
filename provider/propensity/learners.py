"""The learners that forms and make accept; a test compares them with the jars' own. No imports."""

LEARNERS = ["xgboost", "lightgbm", "randomforest", "logistic"]
