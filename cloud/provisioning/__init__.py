"""A stage's resources on AWS: planned, applied, shown and deleted, with Terraform."""
