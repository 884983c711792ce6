"""Where a jar runs: one operator for each runner, over the operator of its provider."""
