"""The stack's configuration: ports, keys, where tasks run; and the environment variables that follow from it."""
