"""The commands for AWS."""
