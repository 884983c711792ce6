"""The local stack: what `make start`, `make run` and their like do."""
