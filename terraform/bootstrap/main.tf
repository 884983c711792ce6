# The bucket of a stage's Terraform state, which no state in itself can hold: it is made once, with a state of its own
# that is thrown away, since the bucket is never changed. Nothing but the module's protections is in it.
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
