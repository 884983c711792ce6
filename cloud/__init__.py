"""What `make` does on the AWS side."""
