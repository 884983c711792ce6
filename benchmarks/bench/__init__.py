"""Speed and memory of the jars, beside Python's, measured in one run."""
