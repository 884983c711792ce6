"""The command line: options and help. The work is in ``stack`` and in ``cloud``; start reading in ``app``."""
