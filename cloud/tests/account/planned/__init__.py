"""The Terraform side: what a plan says is made in the account, and deleted again."""
