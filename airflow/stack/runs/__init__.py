"""A run, from the trigger to its summary: training, predicting, experiments, and the words for what went wrong."""
