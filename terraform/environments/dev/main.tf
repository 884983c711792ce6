# The values of the stage dev. Your own values are in terraform.tfvars.json.
terraform {
  required_version = ">= 1.10"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "6.25.0"
    }
  }

  # `make infra-plan` creates the bucket and sets its name.
  backend "s3" {
    key          = "terraform.tfstate"
    encrypt      = true
    use_lockfile = true
  }
}

provider "aws" {
  region              = var.region
  allowed_account_ids = [var.account]

  default_tags {
    tags = {
      "propensity:project"     = "propensity"
      "propensity:environment" = "dev"
    }
  }
}

module "stage" {
  source = "../../stage"

  stage              = "dev"
  account            = var.account
  region             = var.region
  image              = var.image
  email              = var.email
  network            = var.network
  kubernetes_cluster = var.kubernetes_cluster
  environment        = var.environment
  secrets            = var.secrets
  monthly_dollars    = 50

  tags = {
    "propensity:project"     = "propensity"
    "propensity:environment" = "dev"
  }

  github = var.github_repository == null ? null : {
    repository      = var.github_repository
    environment     = "dev"
    create_provider = var.create_github_provider
  }

  datasets = {
    insurance = { latency_ms = 1000 }
    santander = { latency_ms = 1000 }
  }

  endpoint = {
    instance_type = "ml.t2.medium"
    instances     = 1
    max_instances = 1
  }

  kept_days = {
    capture = 60
    results = 30
    logs    = 30
  }
}
