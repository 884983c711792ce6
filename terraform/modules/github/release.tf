# What a release needs beside what its tasks may do, and what a teardown may delete.
locals {
  release = [
    {
      # AWS knows no resource for it.
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
      # AWS knows no resource for these.
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
      # Teardown looks through all repositories for its own.
      Sid      = "FindImages"
      Effect   = "Allow"
      Action   = ["ecr:DescribeRepositories"]
      Resource = ["arn:aws:ecr:${var.region}:${var.account}:repository/*"]
    },
    {
      # A job's name is a digest of its inputs: the tag says whose it is.
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
      # A job that is gone bears no tag, and is described to see that it is gone.
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
      # Tasks have no names to list them by; the condition names the cluster.
      Sid       = "FindTasks"
      Effect    = "Allow"
      Action    = ["ecs:ListTasks"]
      Resource  = ["*"]
      Condition = { ArnEquals = { "ecs:cluster" = "${local.ecs}:cluster/${local.prefix}" } }
    },
  ]
}
