"""SageMaker's endpoints: how they change and answer, and their alarms, scaling and captured requests."""
