mock_provider "aws" {}

variables {
  name    = "propensity-dev"
  account = "123456789012"
  region  = "eu-west-1"
}

run "keeps_what_a_tag_means_and_scans_what_comes" {
  command = plan

  assert {
    condition     = aws_ecr_repository.this.image_tag_mutability == "IMMUTABLE"
    error_message = "tags are immutable"
  }

  assert {
    condition     = aws_ecr_repository.this.image_scanning_configuration[0].scan_on_push
    error_message = "each image is scanned"
  }

  assert {
    condition     = aws_ecr_repository.this.encryption_configuration[0].encryption_type == "AES256"
    error_message = "images are encrypted"
  }

  assert {
    condition     = output.url == "123456789012.dkr.ecr.eu-west-1.amazonaws.com/propensity-dev"
    error_message = "the address is what a push needs"
  }
}

run "lets_old_images_go" {
  command = plan

  assert {
    condition = [
      for rule in jsondecode(aws_ecr_lifecycle_policy.this.policy).rules :
      [rule.selection.tagStatus, rule.selection.countType, rule.selection.countNumber, rule.action.type]
      ] == [
      ["untagged", "sinceImagePushed", 14, "expire"],
      ["tagged", "imageCountMoreThan", 50, "expire"],
    ]
    error_message = "untagged images go after 14 days, tagged ones when 50 newer are there"
  }
}

run "rejects_too_few_kept_images" {
  command = plan

  variables {
    kept_images = 3
  }

  expect_failures = [var.kept_images]
}
