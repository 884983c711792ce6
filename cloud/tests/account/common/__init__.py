"""What the services of the account share: errors, shapes, lists, logs and containers."""
