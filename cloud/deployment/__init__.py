"""The release ledgers of a stage, and its endpoints."""
