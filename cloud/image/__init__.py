"""The task image: pushed to registries, scanned, and listed in an SBOM."""
