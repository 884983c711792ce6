# Permissions of a release besides those of its tasks, and of a teardown.
locals {
  release = [
    {
      # This action supports no resources.
      Sid      = "AuthenticateToPush"
      Effect   = "Allow"
      Action   = ["ecr:GetAuthorizationToken"]
      Resource = ["*"]
    },
    {
      Sid    = "Push"
      Effect = "Allow"
      Action = [
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:CompleteLayerUpload",
        "ecr:DescribeImageScanFindings",
        "ecr:DescribeImages",
        "ecr:GetDownloadUrlForLayer",
        "ecr:InitiateLayerUpload",
        "ecr:ListImages",
        "ecr:PutImage",
        "ecr:UploadLayerPart",
      ]
      Resource = [var.image_repository]
    },
  ]

  teardown = [
    {
      Sid      = "DeleteImages"
      Effect   = "Allow"
      Action   = ["ecr:BatchDeleteImage"]
      Resource = [var.image_repository]
    },
    {
      Sid      = "FindObjects"
      Effect   = "Allow"
      Action   = ["s3:ListBucketMultipartUploads", "s3:ListBucketVersions"]
      Resource = [var.bucket]
    },
    {
      Sid      = "DeleteObjects"
      Effect   = "Allow"
      Action   = ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:DeleteObjectVersion"]
      Resource = ["${var.bucket}/*"]
    },
    {
      # These actions support no resources.
      Sid    = "FindByTag"
      Effect = "Allow"
      Action = [
        "ecs:ListClusters",
        "s3:ListAllMyBuckets",
        "sagemaker:ListEndpoints",
        "sagemaker:ListTrainingJobs",
        "tag:GetResources",
      ]
      Resource = ["*"]
    },
    {
      # Teardown searches all repositories for those of the stage.
      Sid      = "FindImages"
      Effect   = "Allow"
      Action   = ["ecr:DescribeRepositories"]
      Resource = ["arn:aws:ecr:${var.region}:${var.account}:repository/*"]
    },
    {
      # A job's name is a digest of its inputs: the tag identifies the stage.
      Sid    = "StopTraining"
      Effect = "Allow"
      Action = [
        "sagemaker:DeleteTrainingJob",
        "sagemaker:ListTags",
        "sagemaker:StopTrainingJob",
      ]
      Resource  = ["arn:aws:sagemaker:${var.region}:${var.account}:training-job/*"]
      Condition = { StringEquals = { "aws:ResourceTag/propensity:environment" = var.stage } }
    },
    {
      # A deleted job has no tag, and DescribeTrainingJob verifies that it is deleted.
      Sid      = "DescribeTraining"
      Effect   = "Allow"
      Action   = ["sagemaker:DescribeTrainingJob"]
      Resource = ["arn:aws:sagemaker:${var.region}:${var.account}:training-job/*"]
    },
    {
      Sid      = "StopTasks"
      Effect   = "Allow"
      Action   = ["ecs:DescribeTasks", "ecs:StopTask"]
      Resource = ["${local.ecs}:task/${local.prefix}/*"]
    },
    {
      # Tasks cannot be listed by name; the condition restricts the cluster.
      Sid       = "FindTasks"
      Effect    = "Allow"
      Action    = ["ecs:ListTasks"]
      Resource  = ["*"]
      Condition = { ArnEquals = { "ecs:cluster" = "${local.ecs}:cluster/${local.prefix}" } }
    },
  ]
}
