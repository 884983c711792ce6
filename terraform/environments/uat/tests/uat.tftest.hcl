mock_provider "aws" {}

variables {
  github_repository = "owner/propensity"
}

run "is_the_stage_uat" {
  command = plan

  assert {
    condition     = output.settings.stage == "uat" && output.settings.bucket == "propensity-uat-123456789012"
    error_message = "everything is of uat"
  }

  assert {
    condition     = output.sagemaker.tags == tomap({ "propensity:project" = "propensity", "propensity:environment" = "uat" })
    error_message = "what tasks make is tagged like the rest"
  }

  assert {
    condition     = output.settings.roles.deploy == "arn:aws:iam::123456789012:role/propensity-uat-deploy"
    error_message = "the environment uat deploys"
  }
}

run "has_the_endpoints_that_were_meant" {
  command = plan

  assert {
    condition = [
      output.sagemaker.endpoint.instance_type, output.sagemaker.endpoint.instances, output.sagemaker.endpoint.max_instances,
    ] == ["ml.m5.large", 1, 2]
    error_message = "1 to 2 instances of ml.m5.large"
  }

  assert {
    condition     = toset(output.settings.endpoints) == toset(["propensity-uat-insurance", "propensity-uat-santander"])
    error_message = "one endpoint a dataset"
  }
}
