# Permissions of the containers of SageMaker (training jobs and endpoints), and of ECS to start a task.
locals {
  pull = [
    {
      # This action supports no resources.
      Sid      = "AuthenticateToPull"
      Effect   = "Allow"
      Action   = ["ecr:GetAuthorizationToken"]
      Resource = ["*"]
    },
    {
      Sid      = "Pull"
      Effect   = "Allow"
      Action   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
      Resource = [var.repository]
    },
  ]

  sagemaker = concat(
    [
      {
        Sid      = "Read"
        Effect   = "Allow"
        Action   = ["s3:GetObject"]
        Resource = ["${var.bucket}/store/*", "${var.bucket}/results/*"]
      },
      {
        Sid      = "Write"
        Effect   = "Allow"
        Action   = ["s3:AbortMultipartUpload", "s3:PutObject"]
        Resource = ["${var.bucket}/store/*", "${var.bucket}/results/*"]
      },
      {
        # The requests that endpoints capture: a container can neither read nor list them.
        Sid      = "PutCapturedRequests"
        Effect   = "Allow"
        Action   = ["s3:PutObject"]
        Resource = ["${var.bucket}/capture/*"]
      },
      {
        # Without a prefix, too: see the tasks' permissions.
        Sid       = "List"
        Effect    = "Allow"
        Action    = ["s3:ListBucket"]
        Resource  = [var.bucket]
        Condition = { StringLikeIfExists = { "s3:prefix" = ["store/*", "results/*"] } }
      },
      {
        Sid    = "WriteLogs"
        Effect = "Allow"
        Action = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"]
        Resource = [
          "${local.logs}:/aws/sagemaker/Endpoints/${local.prefix}-*",
          "${local.logs}:/aws/sagemaker/TrainingJobs",
          "${local.logs}:/aws/sagemaker/TrainingJobs:*",
        ]
      },
      {
        # This action supports no resources; the condition restricts the metrics.
        Sid       = "WriteMetrics"
        Effect    = "Allow"
        Action    = ["cloudwatch:PutMetricData"]
        Resource  = ["*"]
        Condition = { StringEquals = { "cloudwatch:namespace" = ["/aws/sagemaker/Endpoints", "/aws/sagemaker/TrainingJobs"] } }
      },
    ],
    local.pull,
    [for _ in range(length(var.subnets) > 0 ? 1 : 0) : {
      # Network interfaces in your VPC. They have no names before their creation.
      Sid    = "CreateNetworkInterfaces"
      Effect = "Allow"
      Action = [
        "ec2:CreateNetworkInterface",
        "ec2:CreateNetworkInterfacePermission",
        "ec2:DeleteNetworkInterface",
        "ec2:DeleteNetworkInterfacePermission",
      ]
      Resource = concat(
        ["${local.ec2}:network-interface/*"],
        [for id in var.security_groups : "${local.ec2}:security-group/${id}"],
        [for id in var.subnets : "${local.ec2}:subnet/${id}"],
      )
    }],
    [for _ in range(length(var.subnets) > 0 ? 1 : 0) : {
      # These actions support no resources.
      Sid    = "DescribeNetwork"
      Effect = "Allow"
      Action = [
        "ec2:DescribeDhcpOptions",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSubnets",
        "ec2:DescribeVpcs",
      ]
      Resource = ["*"]
    }],
  )

  secrets    = [for _, arn in var.secrets : arn if startswith(arn, "arn:aws:secretsmanager:")]
  parameters = [for _, arn in var.secrets : arn if startswith(arn, "arn:aws:ssm:")]

  execution = concat(
    local.pull,
    [{
      Sid      = "WriteLogs"
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = ["${local.logs}:${var.log_group}:*"]
    }],
    [for _ in range(length(local.secrets) > 0 ? 1 : 0) : {
      Sid      = "ReadSecrets"
      Effect   = "Allow"
      Action   = ["secretsmanager:GetSecretValue"]
      Resource = local.secrets
    }],
    [for _ in range(length(local.parameters) > 0 ? 1 : 0) : {
      Sid      = "ReadParameters"
      Effect   = "Allow"
      Action   = ["ssm:GetParameters"]
      Resource = local.parameters
    }],
  )
}
