mock_provider "aws" {}

variables {
  stage            = "dev"
  account          = "123456789012"
  region           = "eu-west-1"
  repository       = "owner/propensity"
  environment      = "dev"
  bucket           = "arn:aws:s3:::propensity-dev-123456789012"
  state_bucket     = "arn:aws:s3:::propensity-dev-state-123456789012"
  image_repository = "arn:aws:ecr:eu-west-1:123456789012:repository/propensity-dev"
  boundary         = "arn:aws:iam::123456789012:policy/propensity-dev-boundary"
  tasks_policy     = jsonencode({ Version = "2012-10-17", Statement = [] })
}

run "lends_the_role_to_the_environments_jobs_alone" {
  command = plan

  assert {
    condition     = aws_iam_openid_connect_provider.github[0].url == "https://token.actions.githubusercontent.com"
    error_message = "GitHub's issuer"
  }

  assert {
    condition     = tolist(aws_iam_openid_connect_provider.github[0].client_id_list) == tolist(["sts.amazonaws.com"])
    error_message = "tokens for AWS"
  }

  assert {
    condition = jsondecode(aws_iam_role.deploy.assume_role_policy).Statement == [{
      Effect    = "Allow"
      Principal = { Federated = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" }
      Action    = ["sts:AssumeRoleWithWebIdentity"]
      Condition = {
        StringEquals = {
          "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com"
          "token.actions.githubusercontent.com:sub" = ["repo:owner/propensity:environment:dev"]
        }
      }
    }]
    error_message = "jobs of this repository's environment dev, by equality and not by pattern"
  }

  assert {
    condition     = aws_iam_role.deploy.max_session_duration == 7200
    error_message = "for an hour"
  }
}

run "lends_the_role_to_a_branch_too" {
  command = plan

  variables {
    branch = "dev"
  }

  assert {
    condition = jsondecode(aws_iam_role.deploy.assume_role_policy).Statement[0].Condition.StringEquals["token.actions.githubusercontent.com:sub"] == [
      "repo:owner/propensity:environment:dev", "repo:owner/propensity:ref:refs/heads/dev",
    ]
    error_message = "jobs of the environment and of the branch"
  }
}

run "shares_an_accounts_one_provider" {
  command = plan

  variables {
    create_provider = false
  }

  assert {
    condition     = length(aws_iam_openid_connect_provider.github) == 0 && output.role == "arn:aws:iam::123456789012:role/propensity-dev-deploy"
    error_message = "the role alone"
  }
}

run "rejects_a_role_for_nobody_in_particular" {
  command = plan

  variables {
    environment = null
  }

  expect_failures = [var.branch]
}

run "rejects_a_pattern_for_a_repository" {
  command = plan

  variables {
    repository = "owner/*"
  }

  expect_failures = [var.repository]
}

run "lets_deployments_do_exactly_this_infrastructure" {
  command = plan

  assert {
    condition = {
      for statement in jsondecode(aws_iam_policy.deploy["infrastructure"].policy).Statement : statement.Sid => statement.Action
      } == {
      Alarms = [
        "cloudwatch:DeleteAlarms", "cloudwatch:ListTagsForResource", "cloudwatch:PutMetricAlarm",
        "cloudwatch:TagResource", "cloudwatch:UntagResource",
      ]
      Bucket = [
        "s3:CreateBucket", "s3:DeleteBucket", "s3:DeleteBucketPolicy", "s3:GetAccelerateConfiguration",
        "s3:GetBucketAcl", "s3:GetBucketCORS", "s3:GetBucketLocation", "s3:GetBucketLogging",
        "s3:GetBucketObjectLockConfiguration", "s3:GetBucketOwnershipControls", "s3:GetBucketPolicy",
        "s3:GetBucketPublicAccessBlock", "s3:GetBucketRequestPayment", "s3:GetBucketTagging",
        "s3:GetBucketVersioning", "s3:GetBucketWebsite", "s3:GetEncryptionConfiguration",
        "s3:GetLifecycleConfiguration", "s3:GetReplicationConfiguration", "s3:ListBucket", "s3:ListTagsForResource",
        "s3:PutBucketOwnershipControls", "s3:PutBucketPolicy", "s3:PutBucketPublicAccessBlock",
        "s3:PutBucketTagging", "s3:PutBucketVersioning", "s3:PutEncryptionConfiguration",
        "s3:PutLifecycleConfiguration", "s3:TagResource", "s3:UntagResource",
      ]
      Budget = [
        "budgets:ListTagsForResource", "budgets:ModifyBudget", "budgets:TagResource", "budgets:UntagResource",
        "budgets:ViewBudget",
      ]
      Cluster = [
        "ecs:CreateCluster", "ecs:DeleteCluster", "ecs:DescribeClusters", "ecs:ListTagsForResource",
        "ecs:TagResource", "ecs:UntagResource", "ecs:UpdateCluster", "ecs:UpdateClusterSettings",
      ]
      FindState = ["s3:ListBucket"]
      ImageRepository = [
        "ecr:CreateRepository", "ecr:DeleteLifecyclePolicy", "ecr:DeleteRepository", "ecr:DescribeRepositories",
        "ecr:GetLifecyclePolicy", "ecr:ListTagsForResource", "ecr:PutImageScanningConfiguration",
        "ecr:PutImageTagMutability", "ecr:PutLifecyclePolicy", "ecr:TagResource", "ecr:UntagResource",
      ]
      ReadWriteState = ["s3:GetObject", "s3:PutObject"]
      Key = [
        "kms:CreateAlias", "kms:DeleteAlias", "kms:DescribeKey", "kms:EnableKeyRotation", "kms:GetKeyPolicy",
        "kms:GetKeyRotationStatus", "kms:ListResourceTags", "kms:PutKeyPolicy", "kms:ScheduleKeyDeletion",
        "kms:UntagResource", "kms:UpdateAlias", "kms:UpdateKeyDescription",
      ]
      KeyAlias  = ["kms:CreateAlias", "kms:DeleteAlias", "kms:UpdateAlias"]
      LockState = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
      Logs = [
        "logs:CreateLogGroup", "logs:DeleteLogGroup", "logs:DeleteRetentionPolicy", "logs:ListTagsForResource",
        "logs:PutRetentionPolicy", "logs:TagResource", "logs:UntagResource",
      ]
      CreateKey = ["kms:CreateKey", "kms:TagResource"]
      Topic = [
        "sns:CreateTopic", "sns:DeleteTopic", "sns:GetTopicAttributes", "sns:ListTagsForResource",
        "sns:SetTopicAttributes", "sns:Subscribe", "sns:TagResource", "sns:UntagResource",
      ]
      TaskDefinitions = [
        "ecs:DeregisterTaskDefinition", "ecs:DescribeTaskDefinition", "ecs:RegisterTaskDefinition",
        "kms:ListAliases", "logs:DescribeLogGroups", "sns:GetSubscriptionAttributes", "sns:Unsubscribe",
      ]
    }
    error_message = "terraform may keep the stage's resources"
  }
}

run "lets_deployments_do_exactly_this_identities" {
  command = plan

  assert {
    condition = {
      for statement in jsondecode(aws_iam_policy.deploy["identities"].policy).Statement : statement.Sid => statement.Action
      } == {
      CreateBoundedRoles = ["iam:CreateRole", "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy"]
      PassTaskRoles      = ["iam:PassRole"]
      ManageRoles = [
        "iam:DeleteRole", "iam:DeleteRolePolicy", "iam:TagRole", "iam:UntagRole", "iam:UpdateAssumeRolePolicy",
        "iam:UpdateRole", "iam:UpdateRoleDescription",
      ]
      ReadPolicies = ["iam:GetPolicy", "iam:GetPolicyVersion", "iam:ListPolicyTags", "iam:ListPolicyVersions"]
      ReadProvider = ["iam:GetOpenIDConnectProvider"]
      ReadRoles = [
        "iam:GetRole", "iam:GetRolePolicy", "iam:ListAttachedRolePolicies", "iam:ListInstanceProfilesForRole",
        "iam:ListRolePolicies", "iam:ListRoleTags",
      ]
    }
    error_message = "roles within the boundary, and nothing of its own"
  }
}

run "lets_deployments_do_exactly_this_release" {
  command = plan

  assert {
    condition = {
      for statement in jsondecode(aws_iam_policy.deploy["release"].policy).Statement : statement.Sid => statement.Action
      } == {
      Push = [
        "ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:CompleteLayerUpload",
        "ecr:DescribeImageScanFindings", "ecr:DescribeImages", "ecr:GetDownloadUrlForLayer",
        "ecr:InitiateLayerUpload", "ecr:ListImages", "ecr:PutImage", "ecr:UploadLayerPart",
      ]
      AuthenticateToPush = ["ecr:GetAuthorizationToken"]
    }
    error_message = "images are pushed, and nothing deleted"
  }
}

run "lets_deployments_do_exactly_this_teardown" {
  command = plan

  assert {
    condition = {
      for statement in jsondecode(aws_iam_policy.deploy["teardown"].policy).Statement : statement.Sid => statement.Action
      } == {
      DeleteImages  = ["ecr:BatchDeleteImage"]
      DeleteObjects = ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:DeleteObjectVersion"]
      FindByTag = [
        "ecs:ListClusters", "s3:ListAllMyBuckets", "sagemaker:ListEndpoints", "sagemaker:ListTrainingJobs",
        "tag:GetResources",
      ]
      FindImages       = ["ecr:DescribeRepositories"]
      FindObjects      = ["s3:ListBucketMultipartUploads", "s3:ListBucketVersions"]
      FindTasks        = ["ecs:ListTasks"]
      DescribeTraining = ["sagemaker:DescribeTrainingJob"]
      StopTasks        = ["ecs:DescribeTasks", "ecs:StopTask"]
      StopTraining = [
        "sagemaker:DeleteTrainingJob", "sagemaker:ListTags", "sagemaker:StopTrainingJob",
      ]
    }
    error_message = "what a stage made, and its objects"
  }
}

run "changes_no_right_of_its_own" {
  command = plan

  assert {
    condition = alltrue([
      for statement in jsondecode(aws_iam_policy.deploy["identities"].policy).Statement :
      !contains(statement.Resource, "arn:aws:iam::123456789012:role/propensity-dev-deploy") || statement.Sid == "ReadRoles"
    ])
    error_message = "it reads its own role, and that is all"
  }

  assert {
    condition = [
      for statement in jsondecode(aws_iam_policy.deploy["identities"].policy).Statement :
      [statement.Resource, statement.Condition] if statement.Sid == "CreateBoundedRoles"
      ] == [[
        [
          "arn:aws:iam::123456789012:role/propensity-dev-execution",
          "arn:aws:iam::123456789012:role/propensity-dev-sagemaker",
          "arn:aws:iam::123456789012:role/propensity-dev-tasks",
        ],
        { StringEquals = { "iam:PermissionsBoundary" = "arn:aws:iam::123456789012:policy/propensity-dev-boundary" } },
    ]]
    error_message = "it gives rights within the boundary alone"
  }
}

run "lets_star_stand_only_where_aws_knows_no_name" {
  command = plan

  assert {
    condition = toset(flatten([
      for _, policy in aws_iam_policy.deploy :
      [for statement in jsondecode(policy.policy).Statement : statement.Action if contains(statement.Resource, "*")]
      ])) == toset([
      "ecr:GetAuthorizationToken", "ecs:DeregisterTaskDefinition", "ecs:DescribeTaskDefinition", "ecs:ListClusters",
      "ecs:ListTasks", "ecs:RegisterTaskDefinition", "kms:CreateKey", "kms:ListAliases", "kms:TagResource",
      "logs:DescribeLogGroups", "s3:ListAllMyBuckets", "sagemaker:ListEndpoints", "sagemaker:ListTrainingJobs",
      "sns:GetSubscriptionAttributes", "sns:Unsubscribe", "tag:GetResources",
    ])
    error_message = "only these actions are allowed on everything"
  }

  assert {
    condition = alltrue(flatten([
      for _, policy in aws_iam_policy.deploy :
      [for statement in jsondecode(policy.policy).Statement : [for action in statement.Action : !strcontains(action, "*")]]
    ]))
    error_message = "no action is a pattern"
  }

  assert {
    condition     = alltrue([for _, policy in aws_iam_policy.deploy : length(policy.policy) <= 6144])
    error_message = "AWS takes no longer policies"
  }
}
