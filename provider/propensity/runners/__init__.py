"""Where a jar runs: an operator for each runner; for remote ones also the job, which triggers wait for, too."""
