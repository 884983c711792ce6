# Permissions of a task, on ECS, Kubernetes or elsewhere.
locals {
  tasks = [
    {
      Sid      = "Read"
      Effect   = "Allow"
      Action   = ["s3:GetObject"]
      Resource = ["${var.bucket}/store/*", "${var.bucket}/data/*", "${var.bucket}/results/*", "${var.bucket}/capture/*"]
    },
    {
      Sid      = "Write"
      Effect   = "Allow"
      Action   = ["s3:AbortMultipartUpload", "s3:PutObject"]
      Resource = ["${var.bucket}/store/*", "${var.bucket}/results/*"]
    },
    {
      # With this permission, S3 reports a missing object as missing instead of access denied. Such a request has no
      # prefix: IfExists lets it through, and with it a list of all names, but not of what is in the objects.
      Sid       = "List"
      Effect    = "Allow"
      Action    = ["s3:ListBucket"]
      Resource  = [var.bucket]
      Condition = { StringLikeIfExists = { "s3:prefix" = ["store/*", "data/*", "results/*", "capture/*"] } }
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
      # These actions support no resources.
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
      # The ARN of a scalable target has a random id, not the endpoint's name.
      # The conditions allow only instances of SageMaker variants, and no other service.
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
      # These actions support no resources.
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
      # DescribeAlarms by name requires permission for all alarms.
      Sid      = "DescribeAlarms"
      Effect   = "Allow"
      Action   = ["cloudwatch:DescribeAlarms"]
      Resource = ["arn:aws:cloudwatch:${var.region}:${var.account}:alarm:*"]
    },
  ]
}
