# The bucket of a stage's Terraform state. It cannot be part of that state: it is created once, with a separate state
# that is discarded, because the bucket never changes. It has only the protections of the module.
provider "aws" {
  region              = var.region
  allowed_account_ids = [var.account]

  default_tags {
    tags = {
      "propensity:project"     = "propensity"
      "propensity:environment" = var.stage
    }
  }
}

module "bucket" {
  source = "../modules/artifact-bucket"

  name              = "propensity-${var.stage}-state-${var.account}"
  account           = var.account
  old_versions_days = 90
}
