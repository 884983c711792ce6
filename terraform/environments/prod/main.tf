# The values of the stage prod. Your own values are in terraform.tfvars.json.
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
      "propensity:environment" = "prod"
    }
  }
}

module "stage" {
  source = "../../stage"

  stage              = "prod"
  account            = var.account
  region             = var.region
  image              = var.image
  email              = var.email
  network            = var.network
  kubernetes_cluster = var.kubernetes_cluster
  environment        = var.environment
  secrets            = var.secrets
  monthly_dollars    = 300

  tags = {
    "propensity:project"     = "propensity"
    "propensity:environment" = "prod"
  }

  github = var.github_repository == null ? null : {
    repository      = var.github_repository
    environment     = "prod"
    create_provider = var.create_github_provider
  }

  datasets = {
    insurance = { latency_ms = 500 }
    santander = { latency_ms = 500 }
  }

  endpoint = {
    instance_type = "ml.m5.large"
    instances     = 2
    max_instances = 8
  }

  kept_days = {
    capture = 90
    results = 30
    logs    = 90
  }
}
