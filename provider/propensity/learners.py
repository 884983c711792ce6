"""The learners that a form and make take; the jars say which there are, and a test compares. No imports."""

LEARNERS = ["xgboost", "lightgbm", "randomforest", "logistic"]
