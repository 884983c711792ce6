"""Promotions, rollbacks, the release ledger, and the reports of released models."""
