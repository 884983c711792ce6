"""What waits for remote jobs in the triggerer: one trigger for each runner."""
