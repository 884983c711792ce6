# Permissions of Airflow: start, follow and stop tasks, pass their arguments and read their results.
locals {
  airflow = [
    {
      Sid      = "Exchange"
      Effect   = "Allow"
      Action   = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
      Resource = ["${var.bucket}/results/*"]
    },
    {
      Sid      = "ReadWriteAirflowLogs"
      Effect   = "Allow"
      Action   = ["s3:GetObject", "s3:PutObject"]
      Resource = ["${var.bucket}/airflow-logs/*"]
    },
    {
      # With this permission, S3 reports a missing object as missing instead of access denied. Such a request has no
      # prefix: IfExists lets it through, and with it a list of all names, but not of what is in the objects.
      Sid       = "List"
      Effect    = "Allow"
      Action    = ["s3:ListBucket"]
      Resource  = [var.bucket]
      Condition = { StringLikeIfExists = { "s3:prefix" = ["results/*", "airflow-logs/*"] } }
    },
    {
      Sid      = "StartOnEcs"
      Effect   = "Allow"
      Action   = ["ecs:RunTask"]
      Resource = ["arn:aws:ecs:${var.region}:${var.account}:task-definition/${local.prefix}-tasks:*"]
      Condition = {
        ArnEquals = { "ecs:cluster" = "arn:aws:ecs:${var.region}:${var.account}:cluster/${local.prefix}" }
      }
    },
    {
      Sid      = "ManageEcsTasks"
      Effect   = "Allow"
      Action   = ["ecs:DescribeTasks", "ecs:StopTask", "ecs:TagResource"]
      Resource = ["arn:aws:ecs:${var.region}:${var.account}:task/${local.prefix}/*"]
    },
    {
      # Tasks cannot be listed by name; the condition restricts the cluster.
      Sid      = "FindOnEcs"
      Effect   = "Allow"
      Action   = ["ecs:ListTasks"]
      Resource = ["*"]
      Condition = {
        ArnEquals = { "ecs:cluster" = "arn:aws:ecs:${var.region}:${var.account}:cluster/${local.prefix}" }
      }
    },
    {
      # The description of a task definition has the log group of each container; this action supports no resources.
      Sid      = "DescribeTaskDefinition"
      Effect   = "Allow"
      Action   = ["ecs:DescribeTaskDefinition"]
      Resource = ["*"]
    },
    {
      Sid       = "PassTaskRoles"
      Effect    = "Allow"
      Action    = ["iam:PassRole"]
      Resource  = ["${local.role}-execution", "${local.role}-tasks"]
      Condition = { StringEquals = { "iam:PassedToService" = "ecs-tasks.amazonaws.com" } }
    },
    {
      Sid       = "PassSageMakerRole"
      Effect    = "Allow"
      Action    = ["iam:PassRole"]
      Resource  = ["${local.role}-sagemaker"]
      Condition = { StringEquals = { "iam:PassedToService" = "sagemaker.amazonaws.com" } }
    },
    {
      # A job's name is a digest of its inputs: the tag, not the name, identifies the stage.
      Sid       = "Train"
      Effect    = "Allow"
      Action    = ["sagemaker:AddTags", "sagemaker:CreateTrainingJob"]
      Resource  = ["arn:aws:sagemaker:${var.region}:${var.account}:training-job/*"]
      Condition = { StringEquals = { "aws:RequestTag/propensity:environment" = var.stage } }
    },
    {
      Sid       = "StopTraining"
      Effect    = "Allow"
      Action    = ["sagemaker:StopTrainingJob"]
      Resource  = ["arn:aws:sagemaker:${var.region}:${var.account}:training-job/*"]
      Condition = { StringEquals = { "aws:ResourceTag/propensity:environment" = var.stage } }
    },
    {
      # Without a condition: a job that does not exist has no tag, and its absence is what Airflow checks.
      Sid      = "DescribeTrainingJobs"
      Effect   = "Allow"
      Action   = ["sagemaker:DescribeTrainingJob"]
      Resource = ["arn:aws:sagemaker:${var.region}:${var.account}:training-job/*"]
    },
    {
      # To wait for a change of an endpoint; the task role makes the change.
      Sid      = "DescribeEndpoints"
      Effect   = "Allow"
      Action   = ["sagemaker:DescribeEndpoint"]
      Resource = ["arn:aws:sagemaker:${var.region}:${var.account}:endpoint/${local.prefix}-*"]
    },
    {
      # This action supports no resources.
      Sid      = "FindTraining"
      Effect   = "Allow"
      Action   = ["sagemaker:ListTrainingJobs"]
      Resource = ["*"]
    },
    {
      Sid    = "ReadLogs"
      Effect = "Allow"
      Action = ["logs:DescribeLogStreams", "logs:GetLogEvents"]
      Resource = [
        "${local.logs}:/aws/sagemaker/TrainingJobs",
        "${local.logs}:/aws/sagemaker/TrainingJobs:*",
        "${local.logs}:${var.log_group}",
        "${local.logs}:${var.log_group}:*",
      ]
    },
  ]
}
