"""Where a jar runs: one small class a place, each over the operator of its provider."""
