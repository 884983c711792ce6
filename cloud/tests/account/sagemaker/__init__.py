"""The strict SageMaker: its protocol, its regions, models and endpoint configurations."""
