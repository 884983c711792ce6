"""SageMaker's training jobs."""
