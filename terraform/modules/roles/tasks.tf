# What a task may do, on ECS, Kubernetes or wherever it runs.
locals {
  tasks = [
    {
      Sid      = "Read"
      Effect   = "Allow"
      Action   = ["s3:GetObject"]
      Resource = ["${var.bucket}/store/*", "${var.bucket}/data/*", "${var.bucket}/results/*"]
    },
    {
      Sid      = "Write"
      Effect   = "Allow"
      Action   = ["s3:AbortMultipartUpload", "s3:PutObject"]
      Resource = ["${var.bucket}/store/*", "${var.bucket}/results/*"]
    },
    {
      # Also what makes S3 say of a missing object that it is missing, rather than that it may not be read.
      Sid       = "List"
      Effect    = "Allow"
      Action    = ["s3:ListBucket"]
      Resource  = [var.bucket]
      Condition = { StringLike = { "s3:prefix" = ["store/*", "data/*", "results/*"] } }
    },
    {
      Sid    = "Serve"
      Effect = "Allow"
      Action = [
        "sagemaker:AddTags",
        "sagemaker:CreateEndpoint",
        "sagemaker:CreateEndpointConfig",
        "sagemaker:CreateModel",
        "sagemaker:DeleteEndpoint",
        "sagemaker:DeleteEndpointConfig",
        "sagemaker:DeleteModel",
        "sagemaker:DescribeEndpoint",
        "sagemaker:DescribeEndpointConfig",
        "sagemaker:DescribeModel",
        "sagemaker:InvokeEndpoint",
        "sagemaker:ListTags",
        "sagemaker:UpdateEndpoint",
        "sagemaker:UpdateEndpointWeightsAndCapacities",
      ]
      Resource = [
        for kind in ["endpoint", "endpoint-config", "model"] :
        "arn:aws:sagemaker:${var.region}:${var.account}:${kind}/${local.prefix}-*"
      ]
    },
    {
      # AWS knows no resource for these.
      Sid      = "FindOldModels"
      Effect   = "Allow"
      Action   = ["sagemaker:ListEndpointConfigs", "sagemaker:ListModels"]
      Resource = ["*"]
    },
    {
      Sid       = "PassRole"
      Effect    = "Allow"
      Action    = ["iam:PassRole"]
      Resource  = ["${local.role}-sagemaker"]
      Condition = { StringEquals = { "iam:PassedToService" = "sagemaker.amazonaws.com" } }
    },
    {
      # AWS names a scalable target by a number that it draws, so that no endpoint's name can stand here:
      # instances of SageMaker's variants, and no other service's, are what the conditions let through.
      Sid    = "Scale"
      Effect = "Allow"
      Action = [
        "application-autoscaling:DeregisterScalableTarget",
        "application-autoscaling:PutScalingPolicy",
        "application-autoscaling:RegisterScalableTarget",
      ]
      Resource = ["arn:aws:application-autoscaling:${var.region}:${var.account}:scalable-target/*"]
      Condition = {
        StringEquals = {
          "application-autoscaling:service-namespace"  = "sagemaker"
          "application-autoscaling:scalable-dimension" = "sagemaker:variant:DesiredInstanceCount"
        }
      }
    },
    {
      # AWS knows no resource for these.
      Sid      = "DescribeScaling"
      Effect   = "Allow"
      Action   = ["application-autoscaling:DescribeScalableTargets", "application-autoscaling:DescribeScalingPolicies"]
      Resource = ["*"]
    },
    {
      Sid    = "CreateScalingRole"
      Effect = "Allow"
      Action = ["iam:CreateServiceLinkedRole"]
      Resource = [
        "arn:aws:iam::${var.account}:role/aws-service-role/sagemaker.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_SageMakerEndpoint",
      ]
      Condition = { StringEquals = { "iam:AWSServiceName" = "sagemaker.application-autoscaling.amazonaws.com" } }
    },
    {
      Sid      = "ManageScalingAlarms"
      Effect   = "Allow"
      Action   = ["cloudwatch:DeleteAlarms", "cloudwatch:PutMetricAlarm"]
      Resource = ["arn:aws:cloudwatch:${var.region}:${var.account}:alarm:TargetTracking-endpoint/${local.prefix}-*"]
    },
    {
      # AWS answers a request for alarms by name only if every alarm may be described.
      Sid      = "DescribeAlarms"
      Effect   = "Allow"
      Action   = ["cloudwatch:DescribeAlarms"]
      Resource = ["arn:aws:cloudwatch:${var.region}:${var.account}:alarm:*"]
    },
  ]
}
