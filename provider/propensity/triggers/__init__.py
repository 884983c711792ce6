"""What waits in the triggerer: a trigger for each remote runner, and one for changes of endpoints."""
