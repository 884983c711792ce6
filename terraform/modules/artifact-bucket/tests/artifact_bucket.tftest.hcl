mock_provider "aws" {}

variables {
  name        = "propensity-dev-123456789012"
  account     = "123456789012"
  expirations = { "capture/" = 90, "results/" = 30 }
}

run "protects_what_lies_in_it" {
  command = plan

  assert {
    condition = alltrue([
      aws_s3_bucket_public_access_block.this.block_public_acls,
      aws_s3_bucket_public_access_block.this.block_public_policy,
      aws_s3_bucket_public_access_block.this.ignore_public_acls,
      aws_s3_bucket_public_access_block.this.restrict_public_buckets,
    ])
    error_message = "public access is blocked in all four ways"
  }

  assert {
    condition     = aws_s3_bucket_versioning.this.versioning_configuration[0].status == "Enabled"
    error_message = "old versions are kept"
  }

  assert {
    condition = one([
      for rule in aws_s3_bucket_server_side_encryption_configuration.this.rule :
      rule.apply_server_side_encryption_by_default[0].sse_algorithm
    ]) == "AES256"
    error_message = "all is encrypted"
  }

  assert {
    condition     = aws_s3_bucket_ownership_controls.this.rule[0].object_ownership == "BucketOwnerEnforced"
    error_message = "no ACL gives a foreign writer's object away"
  }
}

run "denies_by_its_policy" {
  command = plan

  assert {
    condition = {
      for statement in jsondecode(aws_s3_bucket_policy.this.policy).Statement :
      statement.Sid => [statement.Effect, statement.Principal, statement.Action, statement.Condition]
      } == {
      DenyPlainHttp = ["Deny", "*", "s3:*", { Bool = { "aws:SecureTransport" = "false" } }]
      DenyOldTls    = ["Deny", "*", "s3:*", { NumericLessThan = { "s3:TlsVersion" = "1.2" } }]
      DenyOtherAccounts = ["Deny", "*", "s3:*", {
        StringNotEquals = { "aws:PrincipalAccount" = "123456789012" }
        Bool            = { "aws:PrincipalIsAWSService" = "false" }
      }]
      DenyOtherEncryption = ["Deny", "*", "s3:PutObject", {
        StringNotEquals = { "s3:x-amz-server-side-encryption" = ["AES256", "aws:kms"] }
        Null            = { "s3:x-amz-server-side-encryption" = "false" }
      }]
      DenyNamedKeys = ["Deny", "*", "s3:PutObject", {
        Null = { "s3:x-amz-server-side-encryption-aws-kms-key-id" = "false" }
      }]
    }
    error_message = "the policy denies plain HTTP, old TLS, other accounts and other encryption, and allows nothing"
  }

  assert {
    condition = alltrue([
      for statement in jsondecode(aws_s3_bucket_policy.this.policy).Statement :
      contains(flatten([statement.Resource]), "arn:aws:s3:::propensity-dev-123456789012/*")
    ])
    error_message = "each statement denies access to every object"
  }
}

run "lets_old_things_go" {
  command = plan

  assert {
    condition = {
      for rule in aws_s3_bucket_lifecycle_configuration.this.rule :
      rule.filter[0].prefix => rule.expiration[0].days if startswith(rule.id, "expire-")
    } == { "capture/" = 90, "results/" = 30 }
    error_message = "captured requests and results expire"
  }

  assert {
    condition     = aws_s3_bucket_lifecycle_configuration.this.rule[0].abort_incomplete_multipart_upload[0].days_after_initiation == 7
    error_message = "broken uploads are cleared away"
  }

  assert {
    condition     = aws_s3_bucket_lifecycle_configuration.this.rule[0].noncurrent_version_expiration[0].noncurrent_days == 30
    error_message = "old versions are cleared away after the days in which they can be brought back"
  }
}

run "rejects_a_prefix_that_would_catch_its_neighbours" {
  command = plan

  variables {
    expirations = { "capture" = 90 }
  }

  expect_failures = [var.expirations]
}
